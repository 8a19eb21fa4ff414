package dev.tutti.http;

import java.time.Duration;

/**
 * How much, and for how long, a client may claim of the server.
 *
 * @param maxBodyBytes of a request
 * @param maxHeaderBytes all header lines of a request together
 * @param maxRequestLineBytes method, path and query; a long id in percent encoding needs room
 * @param maxConnections open at the same time; further ones wait in the backlog
 * @param headTimeout from the first byte of a request to the end of its header
 * @param bodyTimeout longest silence in the middle of a body
 * @param writeTimeout longest time a client may take no byte of an answer
 * @param idleTimeout longest time a connection may wait for its next request
 * @param closeTimeout for requests under way when the server closes; what is left is cut off then
 */
public record HttpLimits(
    long maxBodyBytes,
    int maxHeaderBytes,
    int maxRequestLineBytes,
    int maxConnections,
    Duration headTimeout,
    Duration bodyTimeout,
    Duration writeTimeout,
    Duration idleTimeout,
    Duration closeTimeout) {

  public HttpLimits {
    if (maxBodyBytes < 1 || maxHeaderBytes < 1 || maxRequestLineBytes < 1 || maxConnections < 1) {
      throw new IllegalArgumentException("Every limit is at least 1.");
    }
  }

  public static HttpLimits defaults() {
    return new HttpLimits(
        16 * 1024 * 1024,
        16 * 1024,
        16 * 1024,
        1_000,
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Duration.ofSeconds(1));
  }

  public HttpLimits withMaxBodyBytes(long bytes) {
    return new HttpLimits(
        bytes,
        maxHeaderBytes,
        maxRequestLineBytes,
        maxConnections,
        headTimeout,
        bodyTimeout,
        writeTimeout,
        idleTimeout,
        closeTimeout);
  }
}
