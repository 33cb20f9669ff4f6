#!/bin/sh
# Makes orders.csv: 6,000 orders of an invented shop, some of which are sent back. Missing values, categories with rare names, dates and free text;
# the numbers come from a small generator of its own, so that every machine writes the same bytes.
awk 'BEGIN {
  state = 20240229
  m = 2147483647
  n_country = split("DE DE DE DE FR FR NL AT PL DK CZ LU", country, " ")
  n_channel = split("web web web app app phone", channel, " ")
  n_goods = split("shoes shirts trousers jackets bags", goods, " ")
  n_note = split("|please ring twice|gift|GIFT, please wrap it|second size to try|bought two sizes, one goes back|leave with the neighbour|urgent|", note, "|")
  print "order_id,ordered_at,country,channel,goods,items,amount,discount,customer_since,note,returned"
  for (i = 1; i <= 6000; i++) {
    day = int(i / 16.6); hour = int(24 * u()); minute = int(60 * u())
    c = country[1 + int(n_country * u())]; ch = channel[1 + int(n_channel * u())]; g = goods[1 + int(n_goods * u())]
    if (u() < 0.003) c = "IS"
    items = 1 + int(5 * u() * u()); amount = items * (15 + 90 * u()); discount = u() < 0.35 ? int(5 + 40 * u()) : ""
    age = int(2000 * u() * u()); text = note[1 + int(n_note * u())]
    score = -2.1 + 0.25 * items + (g == "shoes" ? 0.9 : g == "bags" ? -1.2 : 0) + (text ~ /size/ ? 2.2 : 0) + (hour < 6 ? 0.7 : 0) - age / 1500 + (discount == "" ? 0 : 0.02 * discount) + (c == "PL" ? -0.6 : 0)
    returned = u() < 1 / (1 + exp(-score)) ? "yes" : "no"
    if (u() < 0.04) amount_text = ""; else amount_text = sprintf("%.2f", amount)
    if (u() < 0.06) c = ""
    since = u() < 0.1 ? "" : date(day - age)
    printf "%05d,%sT%02d:%02d:00,%s,%s,%s,%d,%s,%s,%s,%s,%s\n", i, date(day), hour, minute, c, ch, g, items, amount_text, discount, since, (text ~ /,/ ? "\"" text "\"" : text), returned
  }
}
function u() { state = (state * 16807) % m; return state / m }
# The civil date of a day counted from 2023-01-01, by eras of 400 years that begin on 1 March.
function date(d,   z, era, doe, yoe, doy, mp, dd, mm, yy) {
  z = d + 19358 + 719468; era = int(z / 146097); doe = z - era * 146097
  yoe = int((doe - int(doe / 1460) + int(doe / 36524) - int(doe / 146096)) / 365)
  doy = doe - (365 * yoe + int(yoe / 4) - int(yoe / 100)); mp = int((5 * doy + 2) / 153)
  dd = doy - int((153 * mp + 2) / 5) + 1; mm = mp < 10 ? mp + 3 : mp - 9; yy = yoe + era * 400 + (mm <= 2)
  return sprintf("%04d-%02d-%02d", yy, mm, dd)
}'
