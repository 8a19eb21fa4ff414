/**
 * The bus over MQTT: the client behind the port of the core. It may depend on the core and on one
 * MQTT client, none of whose types leave this package.
 */
@NullMarked
package dev.tutti.mqtt;

import org.jspecify.annotations.NullMarked;
