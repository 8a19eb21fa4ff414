package dev.tutti.api;

/**
 * What a check found.
 *
 * @param check its name
 * @param level {@code ok}, {@code warning} or {@code error}
 * @param sentence what is the case
 * @param advice what to do about it; empty when nothing has to be done
 */
public record FindingView(
    String check,
    @Allowed(words = {"ok", "warning", "error"}) String level,
    String sentence,
    String advice) {}
