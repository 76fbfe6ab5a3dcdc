// SPDX-License-Identifier: Apache-2.0

/// Waiting messages in a directory that no queue reads: neither sendmail nor mailq looks there.
///
/// They are left when QueueDirectory becomes a pattern, or a queue is moved aside.
package struct StrayMessages: Sendable, Equatable {
  /// The directory.
  package let path: [UInt8]
  /// The number of control files (`qf`, `hf`) in it.
  package let messages: Int

  /// Messages in a directory.
  package init(path: [UInt8], messages: Int) {
    self.path = path
    self.messages = messages
  }

  /// The fact as a sentence, without a full stop.
  package var text: String {
    let number = messages == 1 ? "1 message" : "\(messages) messages"
    return """
      \(number) in \(TerminalEscaping.escape(path)), which no queue reads; move \
      \(messages == 1 ? "it" : "them") to a queue directory
      """
  }

  /// Returns the directories with such messages among the base queue directory and those directly in it, by
  /// name; of very many the first.
  ///
  /// A base that is used for other things than queues is not searched.
  package static func find(_ queues: QueueDirectories, in files: any FileView) -> [StrayMessages] {
    let base = queues.base
    guard base.isUsable, !base.isShared, case .directory(let facts)? = queues.baseState,
      let realBase = files.realPath(of: base.path)
    else { return [] }
    let directories = queues.groups.flatMap(\.directories)
    let read = Set(directories.compactMap { files.realPath(of: $0.path) })
    let isQueue = read.contains(realBase)
    var found: [StrayMessages] = []
    func count(_ path: [UInt8]) {
      var messages = 0
      _ = files.forEachEntry(in: path) { name, _ in
        let kind = QueueFileKind(name: name)
        if kind == .control || kind == .quarantined { messages += 1 }
      }
      if messages > 0 { found.append(StrayMessages(path: path, messages: messages)) }
    }
    if !isQueue { count(base.path) }
    // A directory has two links and, where its file system counts them, one more for each directory in it.
    guard facts.linkCount != 2 else { return found }
    var others = FirstNames()
    _ = files.forEachEntry(in: realBase) { name, mayBeDirectory in
      guard mayBeDirectory else { return }
      let name = name.array
      // These are parts of the base's own queue.
      guard !isQueue || !["qf", "df", "xf"].contains(where: { name.elementsEqual($0.utf8) }),
        !read.contains(path(of: name, in: realBase)),
        case .found(let facts) = files.lookup(path(of: name, in: realBase)),
        facts.kind == .directory
      else { return }
      others.add(name)
    }
    for name in others.sorted { count(path(of: name, in: base.path)) }
    return found
  }

  private static func path(of name: [UInt8], in directory: [UInt8]) -> [UInt8] {
    directory == [ASCII.slash] ? directory + name : directory + [ASCII.slash] + name
  }
}
