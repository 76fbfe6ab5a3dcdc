// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds what somebody meant to write.
public enum NearestWord {
  /// The one of `words` that `word` was most likely meant to be: at most two letters are wrong, missing,
  /// added or exchanged, and less than half of them. `nil` when none is near.
  public static func find(_ word: String, in words: [String]) -> String? {
    let typed = Array(word.lowercased().unicodeScalars)
    let near = words.map { (word: $0, distance: distance(typed, Array($0.unicodeScalars))) }
      .filter { $0.distance <= 2 && $0.distance * 2 < $0.word.unicodeScalars.count }
    return near.min { $0.distance < $1.distance }?.word
  }

  /// How many letters are to be changed, added, removed or exchanged with their neighbour.
  private static func distance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
    guard abs(first.count - second.count) <= 2 else { return 3 }
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
