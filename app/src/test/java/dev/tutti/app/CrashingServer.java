package dev.tutti.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tutti.core.backplane.Backplane;
import dev.tutti.core.bus.Bus;
import dev.tutti.core.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;

/**
 * A whole Tutti that halts before or after one of its commits, commands and notices: at which of
 * them is said on standard input, {@code arm 17}, and counted from then on. {@code arm 0} only
 * counts; {@code count} prints how many there were, {@code disarm} ends the danger. It ends with
 * its standard input, so that it does not outlive the test.
 */
final class CrashingServer {

  static final int HALTED = 99;

  private static final Set<String> COMMITS = Set.of("commit", "commitSoon");
  private static final Set<String> COMMANDS = Set.of("start", "stop", "remove", "logs");
  private static final Set<String> NOTICES = Set.of("publish");

  private int passed;
  private int position;

  private CrashingServer() {}

  public static void main(String[] arguments) throws IOException {
    CrashingServer server = new CrashingServer();
    App app = App.start(Configuration.read(Environment.ofProcess()), server.seams());
    System.out.println("API     " + app.uri() + " of process " + ProcessHandle.current().pid());
    server.obey(new BufferedReader(new InputStreamReader(System.in, UTF_8)));
  }

  private Seams seams() {
    return new Seams(
        store -> halting(Store.class, store, COMMITS),
        backplane -> halting(Backplane.class, backplane, COMMANDS),
        bus -> halting(Bus.class, bus, NOTICES),
        _ -> List.of());
  }

  private void obey(BufferedReader commands) throws IOException {
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      if (line.startsWith("arm ")) {
        arm(Integer.parseInt(line.substring(4)));
        System.out.println("armed   " + line.substring(4) + ".");
      } else if (line.startsWith("disarm ")) {
        disarm();
        System.out.println("disarmed " + line.substring(7) + ".");
      } else {
        System.out.println("counted " + counted());
      }
    }
    Runtime.getRuntime().halt(0);
  }

  private synchronized void arm(int next) {
    passed = 0;
    position = next;
  }

  /** Returns only when nobody is about to halt: who is, holds the lock to the end. */
  private synchronized void disarm() {
    position = 0;
  }

  private synchronized int counted() {
    return passed;
  }

  private synchronized void pass() {
    passed++;
    if (passed == position) {
      Runtime.getRuntime().halt(HALTED);
    }
  }

  /** A port whose calls of these names may be the last. */
  private <T> T halting(Class<T> port, T behind, Set<String> names) {
    InvocationHandler handler =
        (_, method, arguments) -> {
          boolean counts = names.contains(method.getName());
          if (counts) {
            pass();
          }
          try {
            return method.invoke(behind, arguments);
          } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
          } finally {
            if (counts) {
              pass();
            }
          }
        };
    return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
  }
}
