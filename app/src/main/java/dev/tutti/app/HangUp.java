package dev.tutti.app;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP: of a service, the wish that it reads its settings again; of a program on a terminal, that
 * the terminal is gone, which ends it. By reflection, because the JDK has the class for this in a
 * module that is open and deprecated to name.
 */
final class HangUp {

  private static final Path TERMINAL = Path.of("/dev/tty");

  private HangUp() {}

  /** Has something done at each signal, where there is no terminal that could hang up. */
  static void means(Runnable reload) {
    if (hasTerminal()) {
      return;
    }
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object handling =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (_, _, _) -> {
                reload.run();
                return null;
              });
      Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
      Object _ = signal.getMethod("handle", signal, handler).invoke(null, hangUp, handling);
    } catch (ReflectiveOperationException | IllegalArgumentException without) {
      // A JVM without it, or one that was told to leave signals alone: SIGHUP ends the server then.
      LoggerFactory.getLogger("dev.tutti").debug("SIGHUP is not heard: {}", without.toString());
    }
  }

  private static boolean hasTerminal() {
    try (InputStream terminal = Files.newInputStream(TERMINAL)) {
      return terminal.available() >= 0;
    } catch (IOException none) {
      return false;
    }
  }
}
