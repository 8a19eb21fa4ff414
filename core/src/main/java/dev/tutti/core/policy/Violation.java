package dev.tutti.core.policy;

/**
 * A rule that a workload does not keep.
 *
 * @param rule the word of the rule, such as {@code registries}
 * @param detail what was asked for, in words that end without a full stop
 * @param advice a sentence: what to change
 */
public record Violation(String rule, String detail, String advice) {

  /** For a reason or a problem. */
  public String sentence() {
    return "rule '%s': %s. %s".formatted(rule, detail, advice);
  }
}
