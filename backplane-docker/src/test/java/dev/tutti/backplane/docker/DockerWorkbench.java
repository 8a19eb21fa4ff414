package dev.tutti.backplane.docker;

import com.sun.net.httpserver.HttpServer;
import dev.tutti.backplane.testkit.Program;
import dev.tutti.backplane.testkit.Workbench;
import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.backplane.WorkloadId;
import dev.tutti.core.backplane.WorkloadSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Real containers of a real engine, marked as of an instance of their own. */
final class DockerWorkbench implements Workbench {

  private final TestEngine engine = TestEngine.shared();
  private final String instance = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  private final HttpServer emptyRegistry;

  DockerWorkbench() throws IOException {
    emptyRegistry =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    emptyRegistry.createContext(
        "/",
        exchange -> {
          boolean greeting = exchange.getRequestURI().getPath().equals("/v2/");
          byte[] answer =
              (greeting
                      ? "{}"
                      : "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          boolean bare = exchange.getRequestMethod().equals("HEAD");
          exchange.sendResponseHeaders(greeting ? 200 : 404, bare ? -1 : answer.length);
          if (!bare) {
            exchange.getResponseBody().write(answer);
          }
          exchange.close();
        });
    emptyRegistry.start();
  }

  DockerSettings settings() {
    return DockerSettings.local(instance).onHost(engine.host());
  }

  @Override
  public Set<Limit> limits() {
    return Set.of(
        Limit.NO_BINARY_OUTPUT, Limit.NO_MEMORY_OF_THE_REMOVED, Limit.OUTPUTS_APART);
  }

  @Override
  public Backplane open() {
    return new DockerBackplane(settings());
  }

  @Override
  public WorkloadSpec spec(WorkloadId id, Program program, Map<String, String> environment) {
    return new WorkloadSpec(id, image(program.command()), environment, Map.of("label", "kept"));
  }

  /** An image that runs this command; the engine makes it from its cache when it had it before. */
  String image(List<String> command) {
    String name = "tutti-test/program:" + Integer.toHexString(command.hashCode());
    if (!engine.docker("images", "-q", name).isEmpty()) {
      return name;
    }
    try {
      Path folder = Files.createTempDirectory("image");
      String arguments =
          command.stream()
              .map(part -> "\"" + part.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
              .collect(Collectors.joining(", ", "[", "]"));
      Path file = folder.resolve("Dockerfile");
      Files.writeString(file, "FROM " + Busybox.IMAGE + "\nCMD " + arguments + "\n");
      engine.docker("build", "-q", "-t", name, folder.toString());
      Files.delete(file);
      Files.delete(folder);
      return name;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public WorkloadSpec unknownImage(WorkloadId id) {
    return new WorkloadSpec(
        id,
        "127.0.0.1:%d/nobody/knows:1".formatted(emptyRegistry.getAddress().getPort()),
        Map.of(),
        Map.of());
  }

  @Override
  public void makeVanish(WorkloadId id) {
    engine.docker("rm", "-f", Marks.of(settings()).containerName(id));
  }

  @Override
  public List<String> remains() {
    List<String> left = new ArrayList<>();
    String ours = "label=" + Marks.of(settings()).filter().getFirst();
    left.addAll(
        engine.docker("ps", "-a", "--filter", ours, "--format", "{{.Names}}").lines().toList());
    left.addAll(engine.docker("volume", "ls", "-q", "--filter", "dangling=true").lines().toList());
    return left;
  }

  @Override
  public void close() {
    emptyRegistry.stop(0);
    engine.docker("network", "rm", settings().mark());
  }
}
