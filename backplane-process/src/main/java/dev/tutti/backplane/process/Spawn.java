package dev.tutti.backplane.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Starts a program in a session of its own, with exactly the arguments and environment given, byte
 * for byte. {@link ProcessBuilder} cannot do this: it writes the environment in the encoding of the
 * locale, which in most containers has no letters beyond ASCII, and it keeps a thread per child.
 */
final class Spawn {

  private static final short SETSIGDEF = 0x04;
  private static final short SETSIGMASK = 0x08;
  private static final short SETSID = 0x80;
  private static final int O_RDWR = 2;
  private static final int SIGSET_BYTES = 128;

  /** All of them but KILL and STOP, which cannot be set. */
  private static final long ORDINARY_SIGNALS = 0x7fff_ffffL & ~(1L << 8) & ~(1L << 18);

  /** More than any C library needs for its attributes and file actions. */
  private static final int STRUCT_BYTES = 1024;

  private static final MethodHandle SPAWN =
      call("posix_spawn", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle ATTR_INIT = call("posix_spawnattr_init", ADDRESS);
  private static final MethodHandle ATTR_FLAGS =
      call("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT);
  private static final MethodHandle ATTR_DEFAULTS =
      call("posix_spawnattr_setsigdefault", ADDRESS, ADDRESS);
  private static final MethodHandle ATTR_MASK =
      call("posix_spawnattr_setsigmask", ADDRESS, ADDRESS);
  private static final MethodHandle ATTR_DESTROY = call("posix_spawnattr_destroy", ADDRESS);
  private static final MethodHandle ACTIONS_INIT = call("posix_spawn_file_actions_init", ADDRESS);
  private static final MethodHandle ACTIONS_OPEN =
      call("posix_spawn_file_actions_addopen", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle ACTIONS_CLOSE =
      call("posix_spawn_file_actions_addclose", ADDRESS, JAVA_INT);
  private static final MethodHandle ACTIONS_DESTROY =
      call("posix_spawn_file_actions_destroy", ADDRESS);

  /** In the GNU library since 2.34; others leave us to close what we see. */
  private static final Optional<MethodHandle> ACTIONS_CLOSE_FROM = closeFrom();

  private Spawn() {}

  /**
   * How a start went.
   *
   * @param pid of the child, which the caller must reap
   * @param error why there is none, as errno; 0 when there is one
   */
  record Outcome(int pid, int error) {}

  /** Starts {@code arguments.getFirst()}, an absolute path; nothing of ours is open in it. */
  static Outcome start(List<byte[]> arguments, List<byte[]> environment) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment attributes = arena.allocate(STRUCT_BYTES, 16);
      MemorySegment actions = arena.allocate(STRUCT_BYTES, 16);
      int ready = (int) ATTR_INIT.invokeExact(attributes);
      ready |= (int) ACTIONS_INIT.invokeExact(actions);
      try {
        ready |= inSessionOfItsOwn(arena, attributes);
        ready |= withNothingOpen(arena, actions);
        if (ready != 0) {
          return new Outcome(0, ready);
        }
        MemorySegment argv = strings(arena, arguments);
        MemorySegment pid = arena.allocate(JAVA_INT);
        int error =
            (int)
                SPAWN.invokeExact(
                    pid,
                    argv.get(ADDRESS, 0),
                    actions,
                    attributes,
                    argv,
                    strings(arena, environment));
        return new Outcome(pid.get(JAVA_INT, 0), error);
      } finally {
        int ignored = (int) ACTIONS_DESTROY.invokeExact(actions);
        ignored = (int) ATTR_DESTROY.invokeExact(attributes);
      }
    } catch (Error | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signals that we ignore or block, for instance under nohup, must reach it all the same. */
  private static int inSessionOfItsOwn(Arena arena, MemorySegment attributes) throws Throwable {
    MemorySegment ordinary = arena.allocate(SIGSET_BYTES, 8);
    ordinary.set(JAVA_LONG, 0, ORDINARY_SIGNALS);
    MemorySegment none = arena.allocate(SIGSET_BYTES, 8);
    short flags = (short) (SETSID | SETSIGDEF | SETSIGMASK);
    int failed = (int) ATTR_FLAGS.invokeExact(attributes, flags);
    failed |= (int) ATTR_DEFAULTS.invokeExact(attributes, ordinary);
    failed |= (int) ATTR_MASK.invokeExact(attributes, none);
    return failed;
  }

  private static int withNothingOpen(Arena arena, MemorySegment actions) throws Throwable {
    MemorySegment nothing = arena.allocateFrom("/dev/null");
    int failed = 0;
    for (int standard = 0; standard <= 2; standard++) {
      failed |= (int) ACTIONS_OPEN.invokeExact(actions, standard, nothing, O_RDWR, 0);
    }
    if (ACTIONS_CLOSE_FROM.isPresent()) {
      return failed | (int) ACTIONS_CLOSE_FROM.get().invokeExact(actions, 3);
    }
    for (int open : ownDescriptors()) {
      failed |= (int) ACTIONS_CLOSE.invokeExact(actions, open);
    }
    return failed;
  }

  private static int[] ownDescriptors() throws Throwable {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      IntStream numbers = open.mapToInt(path -> Integer.parseInt(path.getFileName().toString()));
      return numbers.filter(number -> number > 2).toArray();
    }
  }

  /** A null-terminated array of null-terminated strings. */
  private static MemorySegment strings(Arena arena, List<byte[]> values) {
    MemorySegment array = arena.allocate(ADDRESS, values.size() + 1L);
    for (int i = 0; i < values.size(); i++) {
      byte[] value = values.get(i);
      MemorySegment text = arena.allocate(value.length + 1L);
      MemorySegment.copy(MemorySegment.ofArray(value), 0, text, 0, value.length);
      array.setAtIndex(ADDRESS, i, text);
    }
    return array;
  }

  private static Optional<MethodHandle> closeFrom() {
    String name = "posix_spawn_file_actions_addclosefrom_np";
    return Linker.nativeLinker()
        .defaultLookup()
        .find(name)
        .map(known -> call(name, ADDRESS, JAVA_INT));
  }

  private static MethodHandle call(String name, MemoryLayout... arguments) {
    return Linux.handle(name, FunctionDescriptor.of(JAVA_INT, arguments));
  }
}
