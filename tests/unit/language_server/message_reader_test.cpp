#include "compiler/language_server/message_reader.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace mlw::language_server;

namespace {

/// All messages of a stream that arrives in pieces of that size: contents, and faults as "!".
std::vector<std::string> read(const std::string& bytes, size_t piece) {
  MessageReader reader;
  std::vector<std::string> found;
  for (size_t at = 0; at < bytes.size(); at += piece) {
    reader.feed(std::string_view(bytes).substr(at, piece));
    while (const auto message = reader.next()) found.push_back(message->fault.empty() ? message->content : "!");
  }
  return found;
}

using List = std::vector<std::string>;

}  // namespace

TEST_CASE("messages arrive in pieces of any size") {
  const std::string bytes = framed("{\"a\":1}") + framed("") + framed("größe");
  for (size_t piece = 1; piece <= bytes.size(); ++piece) CHECK(read(bytes, piece) == List{"{\"a\":1}", "", "größe"});
}

TEST_CASE("header fields are found in any case and any order") {
  CHECK(read("content-type: x; charset=utf-8\r\nCONTENT-LENGTH:  2 \r\n\r\nab", 5) == List{"ab"});
  CHECK(read("Content-Length: 2\n\nab", 3) == List{"ab"});
}

TEST_CASE("after something that is no message the next one is found") {
  for (const char* junk : {"nonsense\r\n\r\n", "Content-Length: x\r\n\r\n", "Content-Length: -1\r\n\r\n",
                           "Content-Length: 99999999999999999999999\r\n\r\n", "X: 1\r\n\r\n", "\r\n\r\n"})
    for (size_t piece : {size_t{1}, size_t{7}, size_t{1000}}) {
      INFO(junk);
      CHECK(read(std::string(junk) + framed("ab"), piece) == List{"!", "ab"});
    }
  CHECK(read("garbage" + framed("ab") + framed("c"), 4).back() == "c");
}

TEST_CASE("a header without an end is given up") {
  const std::string bytes = std::string(20000, 'x') + framed("ab");
  for (size_t piece : {size_t{100}, size_t{4096}, bytes.size()}) CHECK(read(bytes, piece).back() == "ab");
}

TEST_CASE("a message that is too long is passed over without being kept") {
  const uint64_t length = MessageReader::longest_content + 1;
  MessageReader reader;
  reader.feed("Content-Length: " + std::to_string(length) + "\r\n\r\n");
  CHECK(!reader.next()->fault.empty());
  const std::string piece(1 << 20, 'x');
  uint64_t sent = 0;
  for (; sent + piece.size() <= length; sent += piece.size()) {
    reader.feed(piece);
    CHECK_FALSE(reader.next());
  }
  reader.feed(std::string(static_cast<size_t>(length - sent), 'x') + framed("ab"));
  CHECK(reader.next()->content == "ab");
}
