package dev.tutti.broker;

/**
 * What the embedded broker holds at one moment.
 *
 * @param clients connections that are open
 * @param topics addresses it knows, its few internal ones included
 * @param subscriptions queues, one per client and filter, and one per retained topic
 * @param messages messages not yet delivered or acknowledged, and the retained ones
 * @param bytes what these messages take
 * @param evictedSubscribers subscribers that lost their connection because of their backlog
 */
public record BrokerCounts(
    int clients,
    int topics,
    int subscriptions,
    long messages,
    long bytes,
    long evictedSubscribers) {}
