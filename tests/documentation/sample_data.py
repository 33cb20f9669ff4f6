"""The tables and modules that the examples of diagnostics, vocabulary and documents read; written into the present folder."""
import ctypes
import json
import os
import random

draw = random.Random(7)
ROWS = 200


def write(name, header, rows, encoding="utf-8"):
    with open(name, "w", encoding=encoding, newline="") as file:
        for row in [header, *rows]:
            file.write(",".join(str(value) for value in row) + "\n")


def day(number):
    year, rest = divmod(number, 336)
    return f"{2022 + year}-{rest // 28 + 1:02}-{rest % 28 + 1:02}"


words = "slow friendly invoice late support price router again moved thanks call broken new fast cancel question".split()
customers_header = ["customer_id", "joined_at", "asked_at", "age", "income", "fee", "plan", "city", "country", "size",
                    "note", "newsletter", "gender", "age_band", "visits", "left", "spent"]
customers = []
for number in range(ROWS):
    age, fee, visits = draw.randint(18, 80), round(draw.uniform(5, 60), 2), draw.randint(0, 40)
    income = round(draw.lognormvariate(10.4, 0.4), 2)
    leaving = draw.random() < 1 / (1 + 2.718281828 ** (0.25 * visits - 0.05 * fee - 1.5))
    customers.append([
        f"c{number:04}", day(draw.randint(0, 600)), f"{day(700 + number)}T{draw.randint(6, 21):02}:{draw.randint(0, 59):02}:00",
        age, "" if draw.random() < 0.1 else income, fee, draw.choice(["basic", "plus", "premium"]),
        draw.choice(["Wien", "Graz", "Bern", "Köln", "Ulm"]), draw.choice(["AT", "CH", "DE"]),
        draw.choice(["small", "medium", "large"]), " ".join(draw.choices(words, k=draw.randint(3, 9))),
        draw.choice(["true", "false"]), draw.choice(["f", "m"]), f"{age // 20 * 20} to {age // 20 * 20 + 19}", visits,
        "yes" if leaving else "no", round(12 * fee + 3 * visits + draw.gauss(0, 20), 2)])
write("customers.csv", customers_header, customers)
column = {name: place for place, name in enumerate(customers_header)}


def changed(name, change, header=customers_header):
    rows = []
    for number, row in enumerate(customers):
        row = list(row)
        row = change(number, row) or row
        rows.append(row)
    write(name, header, rows)


def put(name, value):
    """Writes `value` of the row's number into a column; None leaves it alone."""
    def change(number, row):
        new = value(number)
        if new is not None:
            row[column[name]] = new
    return change


def is_abroad(number):
    return customers[number][column["country"]] != "AT"


payments = []
for number in range(ROWS):
    fraud = draw.random() < 0.2
    payments.append([f"p{number:04}", draw.choice(customers)[0], f"{day(number)}T{draw.randint(0, 23):02}:00:00",
                     round(draw.lognormvariate(5 if fraud else 4, 1), 2), draw.choice(["AT", "CH", "DE"]), draw.choice(["AT", "CH", "DE"]),
                     day(number + 40) if fraud else "", "true" if fraud else "false"])
write("payments.csv", ["payment_id", "customer_id", "paid_at", "amount", "shop_country", "home_country", "chargeback_at", "is_fraud"],
      payments)

# Rows that have something wrong with them; the name says what.
changed("rare.csv", put("left", lambda n: "yes" if n % 25 == 0 else "no"))
changed("very_rare.csv", put("left", lambda n: "yes" if n % 70 == 0 else "no"))
changed("one_class.csv", put("left", lambda n: "no" if is_abroad(n) else None))
changed("unlabelled.csv", put("left", lambda n: "" if n % 10 == 0 else None))
changed("no_visits.csv", put("visits", lambda n: ""))
changed("random.csv", put("left", lambda n: draw.choice(["yes", "no"])))
changed("constant.csv", put("visits", lambda n: 1))
changed("sentinel.csv", put("visits", lambda n: -999 if n % 9 == 0 else None))
changed("gap.csv", put("visits", lambda n: "" if is_abroad(n) else None))
changed("huge.csv", put("fee", lambda n: "1e39" if n == 17 else None))
changed("numbers_and_words.csv", put("fee", lambda n: ["cheap", "dear", "free"][n % 3] if n % 5 == 0 else None))
changed("typing_error.csv", put("fee", lambda n: "n.n." if n == 17 else None))
changed("no_weight.csv", put("visits", lambda n: -1 if n % 50 == 0 else None))
changed("three_answers.csv", put("left", lambda n: ["yes", "no", "perhaps"][n % 3]))
changed("infinite.csv", put("spent", lambda n: "1e39" if n % 40 == 0 else None))
changed("numbered.csv", put("visits", lambda n: 9_000_000_000_000_000_000 - n))
changed("no_dates.csv", put("asked_at", lambda n: ""))
changed("twice.csv", lambda n, row: None, [*customers_header[:-1], "fee"])
changed("unnamed.csv", lambda n, row: None, ["" if name == "visits" else name for name in customers_header])
changed("ragged.csv", lambda n, row: row[:-1] if n == 17 else None)
write("few.csv", customers_header, customers[:12])
write("header.csv", customers_header, [])
write("keys.csv", ["customer_id", "left"], [[row[0], row[column["left"]]] for row in customers])
write("latin1.csv", customers_header, customers, "latin-1")
write("part-1.csv", customers_header, customers[:100])
write("part-2.csv", customers_header[:-1], [row[:-1] for row in customers[100:]])
open("nothing.csv", "w").close()
with open("semicolons.csv", "w", encoding="utf-8") as file:
    for row in [customers_header, *customers]:
        file.write(";".join(str(value) for value in row) + "\n")
with open("broken.json", "w", encoding="utf-8") as file:
    file.write('[{"fee": 1, "left": "yes"}, {"fee": ')

# Modules that workflows import.
with open("money.mlw", "w", encoding="utf-8") as file:
    file.write("fn margin(price, cost) = (price - cost) / price\n")
with open("blocks.mlw", "w", encoding="utf-8") as file:
    file.write("task { predict: left }\n")
with open("old.mlw", "wb") as file:
    file.write('task { predict: größe }\n'.encode("latin-1"))

# The same rows in other formats.
with open("customers.json", "w", encoding="utf-8") as file:
    for row in customers:
        file.write(json.dumps(dict(zip(customers_header, row))) + "\n")
duckdb = ctypes.CDLL(os.environ["MLW_SOURCE"] + "/build/dependencies/duckdb/libduckdb.so")
database, connection = ctypes.c_void_p(), ctypes.c_void_p()
assert duckdb.duckdb_open(None, ctypes.byref(database)) == 0
assert duckdb.duckdb_connect(database, ctypes.byref(connection)) == 0
assert duckdb.duckdb_query(connection, b"COPY (FROM 'customers.csv') TO 'customers.parquet' (FORMAT parquet)", None) == 0
