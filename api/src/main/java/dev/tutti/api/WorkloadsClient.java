package dev.tutti.api;

import java.io.InputStream;
import java.time.Duration;
import java.util.Map;

/**
 * What can be done inside of workloads.
 *
 * <p>Every method throws a {@link ClientFailure} when it does not succeed.
 */
public final class WorkloadsClient {

  /** What a server needs beyond the time that a command has. */
  private static final Duration MORE = Duration.ofSeconds(30);

  private final TuttiClient client;
  private final Json json;

  /** With the codec of the client, which has to write requests. */
  public WorkloadsClient(TuttiClient client, Json json) {
    this.client = client;
    this.json = json;
  }

  /** Runs a command in a workload; returns when it has ended, or its time is over. */
  public CommandView run(String workload, CommandRequest request, Duration within) {
    String path = below(workload, "exec");
    byte[] answer =
        client
            .exchange(path, Map.of())
            .silence(within.plus(MORE))
            .call("POST", json.write(request));
    return client.read(answer, CommandView.class, path);
  }

  /** What it uses now; as a {@link UsageView} or another type that JSON can be read as. */
  public <T> T usage(String workload, Class<T> type) {
    String path = below(workload, "usage");
    return client.read(client.exchange(path, Map.of()).call("GET", null), type, path);
  }

  /** A file of a workload; the caller closes the stream. */
  public InputStream read(String workload, String file) {
    return client
        .exchange(below(workload, "files"), Map.of("path", file))
        .header("Accept", "application/octet-stream, application/problem+json")
        .send("GET", null);
  }

  /** Writes a file of a workload, in place of one that is there. */
  public void write(String workload, String file, byte[] content) {
    byte[] _ =
        client
            .exchange(below(workload, "files"), Map.of("path", file))
            .header("Content-Type", "application/octet-stream")
            .call("PUT", content);
  }

  private static String below(String workload, String what) {
    return TuttiClient.path(Resource.WORKLOADS, workload) + "/" + what;
  }
}
