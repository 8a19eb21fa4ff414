package dev.tutti.api;

import java.io.InputStream;
import java.util.Map;

/**
 * What can be asked of sweeps beyond reading and listing them. Every method throws a {@link
 * ClientFailure} when it does not succeed.
 */
public final class SweepsClient {

  private static final String PATH = "sweeps";

  private final TuttiClient client;

  public SweepsClient(TuttiClient client) {
    this.client = client;
  }

  /** What a request would do. */
  public <T> T plan(byte[] request, Class<T> type) {
    return post(PATH + "/plan", request, type);
  }

  /** Lets all simulations of a request wait for their turn, or none. */
  public <T> T begin(byte[] request, Class<T> type) {
    return post(PATH, request, type);
  }

  /** Ends all simulations of a sweep. */
  public <T> T cancel(String id, Class<T> type) {
    return post(at(id) + "/cancel", new byte[0], type);
  }

  /** Which tables of results there are, as a {@link SimulationResultsView} or another type. */
  public <T> T results(String id, Class<T> type) {
    String path = at(id) + "/results";
    return client.read(client.exchange(path, Map.of()).call("GET", null), type, path);
  }

  /** A table of results of all simulations as CSV; the caller closes the stream. */
  public InputStream csv(String id, String measurement) {
    return client
        .exchange(at(id) + "/results/" + TuttiClient.encoded(measurement), Map.of())
        .header("Accept", "text/csv, application/problem+json")
        .send("GET", null);
  }

  private static String at(String id) {
    return PATH + "/" + TuttiClient.encoded(id);
  }

  private <T> T post(String path, byte[] body, Class<T> type) {
    return client.read(client.exchange(path, Map.of()).call("POST", body), type, path);
  }
}
