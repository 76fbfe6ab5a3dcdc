// SPDX-License-Identifier: Apache-2.0

/// The known word that is nearest to a mistyped one.
package enum NearestWord {
  /// The one of `words` that `word` was most likely meant to be: at most two letters are wrong, missing,
  /// added or exchanged, and less than half of them. `nil` when none is near. Of two that are equally near
  /// it is the one that begins like `word` for longer, since a word's end is mistyped more often.
  package static func find(_ word: String, in words: [String]) -> String? {
    let typed = Array(word.lowercased().unicodeScalars)
    let near = words.filter { abs($0.unicodeScalars.count - typed.count) <= 2 }
      .map { word in
        let letters = Array(word.lowercased().unicodeScalars)
        return (
          word: word, distance: distance(from: typed, to: letters),
          common: zip(typed, letters).prefix { $0 == $1 }.count
        )
      }
      .filter { $0.distance <= 2 && $0.distance * 2 < $0.word.unicodeScalars.count }
    return near.min { ($0.distance, $1.common) < ($1.distance, $0.common) }?.word
  }

  /// The number of letters to be changed, added, removed or exchanged with their neighbour to get from
  /// `first` to `second`.
  static func distance<Letter: Equatable>(from first: [Letter], to second: [Letter]) -> Int {
    var beforeLast = [Int]()
    var last = Array(0...second.count)
    for row in first.indices {
      var current = [row + 1]
      for column in second.indices {
        let isSame = first[row] == second[column]
        var best = min(current[column] + 1, last[column + 1] + 1, last[column] + (isSame ? 0 : 1))
        if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[second.count]
  }
}
