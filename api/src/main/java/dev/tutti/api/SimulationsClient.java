package dev.tutti.api;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of simulations beyond reading and listing them. Answers are read as the type
 * that is given, so that a caller may have all members of them.
 *
 * <p>Every method throws a {@link ClientFailure} when it does not succeed.
 */
public final class SimulationsClient {

  private static final String PATH = "simulations";

  private final TuttiClient client;

  public SimulationsClient(TuttiClient client) {
    this.client = client;
  }

  /** What a request would do. */
  public <T> T plan(byte[] request, Class<T> type) {
    return post("/plan", Map.of(), request, type);
  }

  /** Starts a simulation at once. */
  public <T> T start(byte[] request, Class<T> type) {
    return post("/start", Map.of(), request, type);
  }

  /** Lets a simulation wait for its turn. */
  public <T> T queue(byte[] request, Class<T> type) {
    return post("/queue", Map.of(), request, type);
  }

  /** Starts a simulation once more, or lets it wait for its turn. */
  public <T> T rerun(String id, boolean queue, Class<T> type) {
    Map<String, String> query = queue ? Map.of("queue", "true") : Map.of();
    return post(at(id) + "/rerun", query, new byte[0], type);
  }

  public <T> T pause(String id, Class<T> type) {
    return post(at(id) + "/pause", Map.of(), new byte[0], type);
  }

  public <T> T resume(String id, Class<T> type) {
    return post(at(id) + "/resume", Map.of(), new byte[0], type);
  }

  public <T> T cancel(String id, Class<T> type) {
    return post(at(id) + "/cancel", Map.of(), new byte[0], type);
  }

  /** Moves a simulation within the queue. */
  public <T> T prioritise(String id, int priority, Class<T> type) {
    return post(
        at(id) + "/priority", Map.of("value", Integer.toString(priority)), new byte[0], type);
  }

  /** The models of a simulation, as {@link SimulatedModelView}s or as another type. */
  public <T> List<T> models(String id, Class<T> type) {
    return items(at(id) + "/models", Map.of(), type);
  }

  /** Why a simulation is in its state, as a {@link SimulationExplanation} or as another type. */
  public <T> T explain(String id, Class<T> type) {
    return get(at(id) + "/explain", type);
  }

  /**
   * What models logged, as {@link SimulationLogView}s or as another type.
   *
   * @param model null for all
   * @param level the least one; null for all
   * @param tail how many of the last lines; null for all
   */
  public <T> List<T> logs(
      String id,
      @Nullable String model,
      @Nullable String level,
      @Nullable Integer tail,
      Class<T> type) {
    Map<String, String> query = new LinkedHashMap<>();
    if (model != null) {
      query.put("model", model);
    }
    if (level != null) {
      query.put("level", level);
    }
    if (tail != null) {
      query.put("tail", tail.toString());
    }
    return items(at(id) + "/logs", query, type);
  }

  /** Which tables of results there are, as a {@link SimulationResultsView} or another type. */
  public <T> T results(String id, Class<T> type) {
    return get(at(id) + "/results", type);
  }

  /** A table of results as CSV; the caller closes the stream. */
  public InputStream csv(String id, String measurement) {
    return client
        .exchange(PATH + at(id) + "/results/" + TuttiClient.encoded(measurement), Map.of())
        .header("Accept", "text/csv, application/problem+json")
        .send("GET", null);
  }

  private static String at(String id) {
    return "/" + TuttiClient.encoded(id);
  }

  private <T> T get(String path, Class<T> type) {
    byte[] answer = client.exchange(PATH + path, Map.of()).call("GET", null);
    return client.read(answer, type, PATH + path);
  }

  private <T> List<T> items(String path, Map<String, String> query, Class<T> type) {
    return client.items(PATH + path, query, type);
  }

  private <T> T post(String path, Map<String, String> query, byte[] body, Class<T> type) {
    byte[] answer = client.exchange(PATH + path, query).call("POST", body);
    return client.read(answer, type, PATH + path);
  }
}
