package dev.tutti.cli;

import java.util.List;

/** A command that has commands of its own, such as {@code tutti model}. */
public interface Noun {

  /** Its verbs, each a command of picocli; made when somebody names the noun. */
  List<Object> verbs(TuttiCommand tutti);
}
