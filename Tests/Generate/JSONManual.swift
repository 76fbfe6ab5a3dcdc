// SPDX-License-Identifier: GPL-3.0-or-later

import SendmailControl

/// smcontrol-json(5): the members of every JSON object, from their schemas.
enum JSONManual {
  static func text(_ schemas: [SchemaFile]) -> String {
    ManualText.heading(
      "smcontrol-json", section: 5, about: "the JSON objects that smcontrol prints")
      + introduction + ".Sh OBJECTS\n" + schemas.map(section).joined() + ending
  }

  private static let introduction = #"""
    With
    .Fl -format Cm json
    a command of
    .Xr smcontrol 8
    prints one JSON object on one line, also when it fails: then the object is
    .Va smcontrol.failure/1 .
    .Pp
    The member
    .Va schema
    of each object is the name of its JSON Schema.
    .Ql smcontrol schema
    lists the schemas, and
    .Ql smcontrol schema Ar name
    prints one.
    They are installed in
    .Pa share/smcontrol/schemas .
    .Pp
    These rules hold for all objects:
    .Bl -bullet
    .It
    Members are only ever added.
    A reader must ignore members that it does not know.
    .It
    Where this page says
    .Dq others may be added ,
    a reader must expect words that it does not know.
    .It
    A member whose value is not known is
    .Ql null .
    The few members that can be absent are called optional.
    .It
    Control characters, bidirectional controls and the like are written as JSON's
    own escapes, such as
    .Ql \eu001b .
    Bytes that are not valid UTF-8 become U+FFFD.
    .El
    .Pp
    The paths of members are written as
    .Xr jq 1
    takes them:
    .Va processes[].pid
    is the member
    .Va pid
    of each element of the array
    .Va processes .

    """#

  private static let ending = #"""
    .Sh EXAMPLES
    These examples need
    .Xr jq 1 .
    .Pp
    Print the peers of the SMTP sessions:
    .Pp
    .Dl smcontrol status --format json |
    .Dl \ \ jq -r '.processes[] | select(.kind == \(dqsmtp-server\(dq) | .peer'
    .Pp
    Print the line of the configuration file that sets the control socket:
    .Pp
    .Dl smcontrol config --format json |
    .Dl \ \ jq '.options[] | select(.name == \(dqControlSocketName\(dq)'
    .Pp
    Print the names of the rules that the installation breaks:
    .Pp
    .Dl smcontrol audit --format json |
    .Dl \ \ jq -r '.configurations[].groups[].findings[].rule'
    .Sh SEE ALSO
    .Xr jq 1 ,
    .Xr smcontrol-audit 7 ,
    .Xr smcontrol 8

    """#

  private static func section(_ schema: SchemaFile) -> String {
    var definitions: [String] = []
    let list = members(schema.root, path: "", &definitions)
    var text = ".Ss \(schema.name)\n" + ManualText.lines(schema.description) + list
    var number = 0
    while number < definitions.count {
      let name = definitions[number]
      let definition = schema.root.definition(name)
      text +=
        ".Pp\n" + ManualText.lines(definition.description)
        + ".Em \(name)\nhas these members:\n" + members(definition, path: "", &definitions)
      number += 1
    }
    return text
  }

  /// The list of the members of `node`, each with its path; the definitions that it refers to are added to
  /// `definitions`.
  private static func members(
    _ node: SchemaNode, path: String, _ definitions: inout [String]
  ) -> String {
    ".Bl -tag -width Ds\n" + items(node, path: path, &definitions) + ".El\n"
  }

  private static func items(
    _ node: SchemaNode, path: String, _ definitions: inout [String]
  ) -> String {
    var text = ""
    // The name of the schema is the heading.
    for (name, member, isOptional) in node.properties where !(path.isEmpty && name == "schema") {
      let target = member.items ?? member
      if let definition = target.definition, !definitions.contains(definition) {
        definitions.append(definition)
      }
      text += ".It Va \(path)\(name) Pq \(type(of: member))\(isOptional ? ", optional" : "")\n"
      text += ManualText.lines(member.description) + words(of: member)
      text += items(target, path: path + name + (member.items == nil ? "." : "[]."), &definitions)
    }
    return text
  }

  private static func type(of node: SchemaNode) -> String {
    var type = node.definition ?? node.types.first ?? "string"
    if let items = node.items { type = "array of \(items.definition ?? items.types.first ?? "")s" }
    return type + (node.isNullable ? " or null" : "")
  }

  private static func words(of node: SchemaNode) -> String {
    let words = node.words
    guard !words.isEmpty else { return "" }
    let isOpen = node.types.contains("string")
    let list = words.map { "\($0)" }
    if list.count == 1 { return "The word is:\n.Ql \(list[0])\n" + (isOpen ? more : "") }
    let lines = list.enumerated().map { number, word in
      let end = number == list.count - 1 ? " ." : number == list.count - 2 ? " or" : " ,"
      let quoted = word.contains(" ") ? "\"\(word)\"" : word
      return end == " or" ? ".Ql \(quoted)\nor\n" : ".Ql \(quoted)\(end)\n"
    }
    return "One of\n" + lines.joined() + (isOpen ? more : "")
  }

  private static let more = "Others may be added.\n"
}
