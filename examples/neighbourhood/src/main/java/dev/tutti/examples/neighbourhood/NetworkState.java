package dev.tutti.examples.neighbourhood;

/**
 * What the network service sends.
 *
 * @param netPower of all connections, in W; positive when the street takes
 * @param losses in cables and transformer, in W
 * @param transformerPower what flows through the transformer, losses included, in W
 * @param transformerLoading of what it is made for, from 0; above 1 it is overloaded
 * @param lowestVoltage at any connection, of the nominal one
 * @param highestVoltage at any connection, of the nominal one
 */
record NetworkState(
    double netPower,
    double losses,
    double transformerPower,
    double transformerLoading,
    double lowestVoltage,
    double highestVoltage) {}
