package dev.tutti.core.store;

import dev.tutti.core.OwnerRef;

/**
 * Something to do after the decision that asked for it is durable.
 *
 * @param number unique among the commands that are waiting; grows in the order of decisions
 * @param lane commands of one lane run one after another, in order
 * @param sent whether it was marked as sent before the process ended; only for {@link
 *     Delivery#NEVER_TWICE}
 */
public record Command<T extends Record>(
    long number, CommandKind<T> kind, OwnerRef owner, String lane, T body, boolean sent) {}
