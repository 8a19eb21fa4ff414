package dev.tutti.models;

import java.util.Locale;

/**
 * The states of a model, as the original orchestrator has them (its words in parentheses). The two
 * ends are final.
 */
public enum ModelState {
  /** Known and being started ({@code CREATED}). */
  CREATED("CREATED"),
  /** It said that it is ready for processing ({@code RUNNING}). */
  RUNNING("RUNNING"),
  /** It ended with exit code 0 ({@code TERMINATED_SUCCESSFULL}). */
  SUCCEEDED("TERMINATED_SUCCESSFULL"),
  /** It ended otherwise, or could not be started ({@code TERMINATED_FAILED}). */
  FAILED("TERMINATED_FAILED");

  private final String original;

  ModelState(String original) {
    this.original = original;
  }

  public boolean ended() {
    return this == SUCCEEDED || this == FAILED;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The word that the original uses in its log. */
  String original() {
    return "ModelState." + original;
  }
}
