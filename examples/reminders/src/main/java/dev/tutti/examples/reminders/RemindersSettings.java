package dev.tutti.examples.reminders;

/**
 * How reminders are kept.
 *
 * @param most how many there may be
 */
public record RemindersSettings(int most) {}
