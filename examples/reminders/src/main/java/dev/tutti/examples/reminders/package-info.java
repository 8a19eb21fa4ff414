/**
 * Reminders: a feature that says something when its time has come, for {@code
 * docs/add-a-feature.md}. Like every feature it may depend on the core; its commands need the
 * command line.
 */
@NullMarked
package dev.tutti.examples.reminders;

import org.jspecify.annotations.NullMarked;
