package dev.tutti.examples.reminders;

/**
 * Body of {@code PUT /reminders/{id}}.
 *
 * @param text what to say
 * @param inSeconds how long from now
 */
record ReminderRequest(String text, long inSeconds) {}
