package dev.tutti.backplane.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.tutti.core.Failure;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The calls of Linux that Java does not offer, through the foreign-function API. Numbers are those
 * of x86-64 and aarch64, which agree on all that is used here but the layout of an epoll event.
 */
final class Linux {

  static final int SIGKILL = 9;
  static final int SIGTERM = 15;
  static final int E2BIG = 7;
  static final int EOPNOTSUPP = 95;

  private static final int EINTR = 4;
  private static final int O_WRONLY = 1;
  private static final int CLOEXEC = 0x80000;
  private static final int PUNCH_HOLE_KEEP_SIZE = 3;
  private static final int EPOLL_ADD = 1;
  private static final int EPOLL_DELETE = 2;
  private static final int EPOLL_IN = 1;
  private static final int BY_PIDFD = 3;
  private static final int EXITED_NO_WAIT = 5;
  private static final int SIGINFO_BYTES = 128;
  private static final long SYS_PIDFD_SEND_SIGNAL = 424;
  private static final long SYS_PIDFD_OPEN = 434;
  private static final int ESRCH = 3;
  private static final int EINVAL = 22;

  /** The kernel packs the event on x86-64 alone. */
  private static final boolean PACKED = System.getProperty("os.arch", "").equals("amd64");

  private static final long EVENT_BYTES = PACKED ? 12 : 16;
  private static final long EVENT_DATA = PACKED ? 4 : 8;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SYSCALL =
      variadic("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle OPEN = variadic("open", 2, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle FALLOCATE =
      call("fallocate", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle EPOLL_CREATE = call("epoll_create1", JAVA_INT, JAVA_INT);
  private static final MethodHandle EPOLL_CTL =
      call("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle EPOLL_WAIT =
      call("epoll_wait", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle EVENTFD = call("eventfd", JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle EVENTFD_WRITE =
      call("eventfd_write", JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final MethodHandle WAITID =
      call("waitid", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);

  private Linux() {}

  /** A descriptor that stands for the process for good, or -1 when there is none with that id. */
  static int openProcess(int pid) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int descriptor =
          (int) (long) SYSCALL.invokeExact(state, SYS_PIDFD_OPEN, (long) pid, 0L, 0L, 0L);
      if (descriptor < 0 && errno(state) != ESRCH && errno(state) != EINVAL) {
        throw new Failure.Unavailable(
            "Process %d cannot be watched now: errno %d; is the limit of open files too low?"
                .formatted(pid, errno(state)));
      }
      return descriptor;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Sends a signal to exactly that process; one that has ended is no error. */
  static void signal(int processDescriptor, int signal) {
    try (Arena arena = Arena.ofConfined()) {
      long ignored =
          (long)
              SYSCALL.invokeExact(
                  arena.allocate(STATE),
                  SYS_PIDFD_SEND_SIGNAL,
                  (long) processDescriptor,
                  (long) signal,
                  0L,
                  0L);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Takes an ended child off the process table; a process that is not our child is no error. */
  static void reap(int processDescriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(SIGINFO_BYTES, 8);
      int ignored =
          (int)
              WAITID.invokeExact(
                  arena.allocate(STATE), BY_PIDFD, processDescriptor, info, EXITED_NO_WAIT);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static void close(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      int ignored = (int) CLOSE.invokeExact(arena.allocate(STATE), descriptor);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int newPoll() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return checked("epoll_create1", (int) EPOLL_CREATE.invokeExact(state, CLOEXEC), state);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  static int newEvent() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      return checked("eventfd", (int) EVENTFD.invokeExact(state, 0, CLOEXEC), state);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  static void raise(int event) {
    try (Arena arena = Arena.ofConfined()) {
      int ignored = (int) EVENTFD_WRITE.invokeExact(arena.allocate(STATE), event, 1L);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Has the poll report the key while there is something to read from the descriptor. */
  static void pollFor(int poll, int descriptor, long key) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment event = arena.allocate(EVENT_BYTES, 8);
      event.set(JAVA_INT, 0, EPOLL_IN);
      event.set(JAVA_LONG_UNALIGNED, EVENT_DATA, key);
      int done = (int) EPOLL_CTL.invokeExact(state, poll, EPOLL_ADD, descriptor, event);
      checked("epoll_ctl", done, state);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /**
   * Undoes {@link #pollFor}. Closing the descriptor is not enough: a child that is just being
   * spawned has a copy of it until it runs its program, and as long the poll would report it.
   */
  static void pollNoMore(int poll, int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(EVENT_BYTES, 8);
      int ignored =
          (int) EPOLL_CTL.invokeExact(arena.allocate(STATE), poll, EPOLL_DELETE, descriptor, event);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Waits without end until some descriptors can be read; tells their keys. */
  static long[] poll(int poll, int atMost) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment events = arena.allocate(EVENT_BYTES * atMost, 8);
      int ready = (int) EPOLL_WAIT.invokeExact(state, poll, events, atMost, -1);
      if (ready < 0 && errno(state) == EINTR) {
        return new long[0];
      }
      long[] keys = new long[checked("epoll_wait", ready, state)];
      for (int i = 0; i < keys.length; i++) {
        keys[i] = events.get(JAVA_LONG_UNALIGNED, i * EVENT_BYTES + EVENT_DATA);
      }
      return keys;
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /**
   * Gives the disk space of a file's first bytes back; the rest stays where it is.
   *
   * @return false when the file system cannot
   */
  static boolean punchHead(Path file, long bytes) throws IOException {
    int descriptor = -1;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment name = arena.allocateFrom(file.toString(), fileNames());
      int opened = (int) OPEN.invokeExact(state, name, O_WRONLY | CLOEXEC);
      descriptor = checked("open " + file, opened, state);
      int done = (int) FALLOCATE.invokeExact(state, descriptor, PUNCH_HOLE_KEEP_SIZE, 0L, bytes);
      if (done < 0 && errno(state) == EOPNOTSUPP) {
        return false;
      }
      checked("fallocate " + file, done, state);
      return true;
    } catch (Throwable e) {
      throw rethrown(e);
    } finally {
      if (descriptor >= 0) {
        close(descriptor);
      }
    }
  }

  /** How Java writes file names on this machine, which its locale decides. */
  static Charset fileNames() {
    return Charset.forName(System.getProperty("sun.jnu.encoding"), StandardCharsets.UTF_8);
  }

  private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
    return handle(
        name, FunctionDescriptor.of(result, arguments), Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle variadic(
      String name, int fixed, MemoryLayout result, MemoryLayout... arguments) {
    return handle(
        name,
        FunctionDescriptor.of(result, arguments),
        fixed < arguments.length
            ? new Linker.Option[] {
              Linker.Option.captureCallState("errno"), Linker.Option.firstVariadicArg(fixed)
            }
            : new Linker.Option[] {Linker.Option.captureCallState("errno")});
  }

  @SuppressWarnings("restricted") // The signatures above are those of the C library.
  static MethodHandle handle(String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
  }

  private static int checked(String what, int result, MemorySegment state) throws IOException {
    if (result < 0) {
      throw new IOException(what + " failed with errno " + errno(state));
    }
    return result;
  }

  private static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  private static IOException rethrown(Throwable e) {
    if (e instanceof IOException io) {
      return io;
    }
    throw unexpected(e);
  }

  /** The handles declare any Throwable; what the calls below them raise is unchecked. */
  private static RuntimeException unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }
}
