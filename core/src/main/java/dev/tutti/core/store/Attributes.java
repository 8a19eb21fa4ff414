package dev.tutti.core.store;

/**
 * What a store indexes of a document, so that it can be found without reading bodies.
 *
 * @param parent id of the owner document that it belongs to, or empty text for a root
 * @param name the name people know it by
 * @param state one lower-case word
 */
public record Attributes(String parent, String name, String state) {}
