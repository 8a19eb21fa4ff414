package dev.tutti.simulations.esdl;

/**
 * An object of an energy system.
 *
 * @param type exact name of its class; empty when neither the file nor the metamodel tells
 * @param id empty when it has none
 * @param line where its first tag ends, counted from 1
 * @param column where its first tag ends, counted from 1
 */
public record EsdlObject(String type, String id, int line, int column) {}
