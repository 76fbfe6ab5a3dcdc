// SPDX-License-Identifier: GPL-3.0-or-later

// readline keeps its state in variables of its own; all of this is only used by the thread that edits.
@unsafe @preconcurrency internal import CReadline
internal import Glibc

/// GNU readline, as far as the shell needs it.
enum Readline {
  /// Matches for the word between two offsets, in memory that readline frees.
  typealias Completer =
    @convention(c) (UnsafePointer<CChar>?, CInt, CInt) -> UnsafeMutablePointer<
      UnsafeMutablePointer<CChar>?
    >?
  /// Shows so many matches, the longest of which has so many bytes.
  typealias Lister =
    @convention(c) (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, CInt, CInt) -> Void
  /// The function of a key, called with the number of repetitions.
  typealias KeyFunction = @convention(c) (CInt, CInt) -> CInt
  /// Writes so many bytes to the terminal, and returns how many it took.
  typealias Writer = @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, Int) -> Int
  /// Takes a line, which is to be freed.
  typealias LineHandler = @convention(c) (UnsafeMutablePointer<CChar>?) -> Void

  /// Configures readline before it reads the user's `inputrc`, which overrides all of
  /// this.
  ///
  /// - Parameters:
  ///   - name: what `$if` in an `inputrc` asks for; must live as long as the program.
  ///   - write: writes all that is shown.
  ///   - complete: called with the offsets of the word that readline would complete.
  ///   - list: shows what was found last.
  ///   - explain: called for a question mark.
  static func prepare(
    name: StaticString, write: Writer, complete: Completer, list: Lister, explain: KeyFunction
  ) {
    // Standard output itself would block in write(2) where the terminal takes nothing.
    unsafe rl_outstream = fopencookie(
      nil, "w", cookie_io_functions_t(read: nil, write: write, seek: nil, close: nil))
    unsafe rl_readline_name = permanent(name)
    // Signals and the window's size are the program's own matter.
    rl_catch_signals = 0
    rl_catch_sigwinch = 0
    rl_change_environment = 0
    // Blanks alone part words: quotes are seen to where candidates are written.
    unsafe rl_completer_word_break_characters = permanent(" \t\n")
    unsafe rl_attempted_completion_function = complete
    unsafe rl_completion_display_matches_hook = list
    rl_sort_completion_matches = 0
    _ = unsafe rl_variable_bind("show-all-if-ambiguous", "on")
    _ = unsafe rl_add_funmap_entry(permanent("smcontrol-explain"), explain)
    for map in ["emacs", "vi-insert"] {
      _ = unsafe rl_bind_key_in_map(
        CInt(UInt8(ascii: "?")), explain, rl_get_keymap_by_name(map))
    }
  }

  /// `text` for readline to keep: it copies none of its names.
  private static func permanent(_ text: StaticString) -> UnsafePointer<CChar> {
    unsafe UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)
  }

  /// Shows `prompt` and edits a line from now on; `handler` gets it, or `nil` at the end of input.
  static func begin(prompt: String, handler: LineHandler) {
    // readline keeps it from a line before, and then ends each further line with an empty one.
    rl_eof_found = 0
    unsafe rl_callback_handler_install(prompt, handler)
    flush()
  }

  /// Takes the characters that have come.
  static func readCharacters() {
    rl_callback_read_char()
    flush()
  }

  /// Ends editing and puts the terminal into its normal mode.
  static func end() {
    rl_callback_handler_remove()
    flush()
  }

  /// Gives up the line, and leaves the cursor at the beginning of the row below it.
  static func abandonLine() {
    rl_callback_sigcleanup()
    leaveLine()
    write("^C\n")
    rl_free_line_state()
  }

  /// The bytes before the cursor.
  static var textBeforeCursor: [UInt8] {
    unsafe Array(
      UnsafeRawBufferPointer(start: rl_line_buffer, count: Int(min(rl_point, rl_end))))
  }

  /// Puts a question mark into the line.
  static func insertQuestionMark(_ count: CInt) {
    _ = rl_insert(count, CInt(UInt8(ascii: "?")))
  }

  /// Shows `text`, which ends in a line feed, below the line, and the line again below that.
  static func showBelow(_ text: String) {
    let point = rl_point
    leaveLine()
    write("\n" + text)
    rl_point = point
    _ = rl_on_new_line()
    _ = rl_forced_update_display()
  }

  /// Shows `text`, which ends in a line feed, above the line, and the line below it with another prompt.
  static func showAbove(_ text: String, prompt: String) {
    _ = rl_clear_visible_line()
    write(text)
    _ = unsafe rl_set_prompt(prompt)
    _ = rl_reset_line_state()
    rl_redisplay_function()
  }

  /// True if a line is edited and nothing else: no search, no number, no half of a key is typed.
  static var isAtRest: Bool {
    let busy =
      RL_STATE_METANEXT | RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_SEARCH
      | RL_STATE_NUMERICARG | RL_STATE_MULTIKEY | RL_STATE_VIMOTION | RL_STATE_MOREINPUT
      | RL_STATE_CHARSEARCH
    return rl_readline_state & UInt(busy) == 0
  }

  /// Adapts to a window of another size.
  static func resize() {
    rl_resize_terminal()
    flush()
  }

  /// Leaves the terminal to others.
  static func suspend() {
    leaveLine()
    write("\n")
    rl_deprep_term_function()
    flush()
  }

  /// Takes the terminal again, after ``suspend()`` or when another program has changed it.
  static func resume() {
    rl_prep_term_function(1)
    _ = rl_on_new_line()
    _ = rl_forced_update_display()
    flush()
  }

  /// The window's size.
  static var size: (columns: Int, rows: Int) {
    var rows: CInt = 0
    var columns: CInt = 0
    unsafe rl_get_screen_size(&rows, &columns)
    return (Int(columns), Int(rows))
  }

  /// Appends a blank to a completed candidate, or nothing.
  static func appendBlank(_ wanted: Bool) {
    rl_completion_append_character = wanted ? CInt(UInt8(ascii: " ")) : 0
  }

  /// Ensures that readline completes nothing by itself, with the names of files.
  static func forgoDefaultCompletion() {
    rl_attempted_completion_over = 1
  }

  /// The cursor after the line's last character, however many rows it takes.
  private static func leaveLine() {
    rl_point = rl_end
    rl_redisplay_function()
  }

  /// Writes `text` to the terminal.
  static func write(_ text: String) {
    _ = unsafe fputs(text, rl_outstream)
    flush()
  }

  private static func flush() {
    _ = unsafe fflush(rl_outstream)
  }
}
