package dev.tutti.sdk;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A model that runs within the test. */
final class ModelThread {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

  ModelThread(Service service, Map<String, String> environment) {
    PrintStream out = new PrintStream(output, true, StandardCharsets.UTF_8);
    Thread.ofPlatform()
        .daemon()
        .name("model")
        .start(() -> {
          try {
            exitCode.complete(service.run(environment, out));
          } catch (RuntimeException | Error failed) {
            exitCode.completeExceptionally(failed);
          }
        });
  }

  int exitCode() throws Exception {
    return exitCode.get(30, TimeUnit.SECONDS);
  }

  String output() {
    return output.toString(StandardCharsets.UTF_8);
  }
}
