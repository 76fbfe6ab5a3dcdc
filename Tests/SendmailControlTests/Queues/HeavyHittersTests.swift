// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl
import TestSupport
import Testing

@Suite("Counting by name")
struct HeavyHittersTests {
  private func name(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test("The largest come first, and equals by name")
  func order() {
    var counts = HeavyHitters()
    for text in ["b", "a", "c", "c"] { counts.add(name(text), age: 0) }
    counts.add(nil, age: 0)
    #expect(counts.top().map(\.name) == [name("c"), nil, name("a"), name("b")])
    #expect(counts.top(2).map(\.ages.total) == [2, 1])
    #expect(counts.maximumUndercount == 0)
  }

  @Test("Past the bound small names go, nothing is lost from the total, and no count is too large")
  func bounded() {
    var random = SeededNumbers(seed: 7)
    var counts = HeavyHitters(bound: 50)
    var truth: [[UInt8]: Int] = [:]
    var most = 0
    for index in 0..<50_000 {
      // One of ten is of a few large domains, the others are of a flood of small ones.
      let text = index % 10 == 0 ? "large\(index / 10 % 5)" : "small\(random.next() % 40_000)"
      truth[name(text), default: 0] += 1
      counts.add(name(text), age: index % 1000)
      most = max(most, counts.count)
    }
    #expect(most <= 100)
    #expect(counts.total.total == 50_000)
    #expect(counts.others.total > 0)
    let top = counts.top(5)
    #expect(Set(top.map(\.name)) == Set((0..<5).map { name("large\($0)") }))
    for entry in counts.top() {
      let count = entry.name.flatMap { truth[$0] } ?? 0
      #expect(entry.ages.total <= count)
      #expect(entry.ages.total + counts.maximumUndercount >= count)
    }
  }
}

@Suite("Domains of addresses")
struct AddressDomainTests {
  @Test(
    "The domain follows the last @ that is neither quoted nor in a comment",
    arguments: [
      ("user@example.com", "example.com"), ("<user@Example.COM.>", "example.com"),
      ("B <b@bar.com>", "bar.com"), (#""weird@x"@baz.com"#, "baz.com"),
      (#""Foo @ home" <local>"#, nil), ("<@a,@b:user@c.org>", "c.org"), ("root", nil), ("", nil),
      ("<>", nil), ("|/bin/prog -x", nil), ("/var/mail/file", nil), (#"\user"#, nil),
      ("user@", nil), ("user@...", nil), ("user@host (comment@else)", "host"),
      ("g%inner@five.example", "five.example"), ("(a (b@c) d) e@Six.Example.", "six.example"),
      ("local (me@home)", nil), (#""a\"@b""#, nil),
      ("user@[192.0.2.1]", "[192.0.2.1]"), ("<user@a.b> trailing", "a.b"),
      (#"<"a@b">"#, nil), ("@@", nil), ("user@ex\u{1B}[31m.com", "ex\u{1B}[31m.com"),
    ])
  func domains(address: String, domain: String?) {
    #expect(AddressDomain.of(Array(address.utf8)) == domain.map { Array($0.utf8) })
  }

  @Test("A domain longer than DNS has is cut")
  func long() {
    let address = Array("a@".utf8) + [UInt8](repeating: 0x78, count: 5000)
    #expect(AddressDomain.of(address)?.count == 255)
  }
}
