package dev.tutti.rules;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A module of the project and what its classes may name. This table is the one of the architecture,
 * section "The rooms", made executable: change both or neither.
 *
 * @param folder where the module stands
 * @param root the package under which all its classes live
 * @param rooms the folders of the modules it may use
 * @param libraries the packages from outside it may use, beside the JDK and JSpecify
 */
record Room(String folder, String root, List<String> rooms, List<String> libraries) {
  private static final String ANYTHING = "";
  private static final String SLF4J = "org.slf4j";
  private static final String JACKSON_ANNOTATIONS = "com.fasterxml.jackson.annotation";
  private static final String JACKSON = "tools.jackson";
  private static final List<String> TESTS =
      List.of("org.junit", "org.opentest4j", "org.assertj", "org.awaitility");

  static final List<Room> TABLE =
      List.of(
          room("core").libraries(SLF4J),
          room("store").uses("core").libraries(SLF4J, "org.sqlite", JACKSON, JACKSON_ANNOTATIONS),
          room("store-testkit").uses("core").libraries(SLF4J).andTestLibraries(),
          room("backplane-process").uses("core").libraries(SLF4J),
          room("backplane-docker")
              .uses("core")
              .libraries(
                  SLF4J,
                  "com.github.dockerjava",
                  "org.apache.commons.compress",
                  "com.fasterxml.jackson"),
          room("backplane-testkit").uses("core").libraries(SLF4J).andTestLibraries(),
          room("dots").libraries("com.google.protobuf"),
          // The client gives what arrives as a flow of RxJava.
          room("mqtt")
              .uses("core")
              .libraries(SLF4J, "com.hivemq.client", "io.reactivex", "org.reactivestreams"),
          room("broker").uses("core").libraries(SLF4J, "org.apache.activemq.artemis", "io.netty"),
          room("api").libraries(JACKSON_ANNOTATIONS),
          // The architecture gives features the core and the messages. The records of the API are
          // added: a feature describes its endpoints, and their bodies are those records.
          room("models").uses("core", "dots", "api").libraries(SLF4J, "com.google.protobuf"),
          // The parameters of a step and of a model are JSON inside a message.
          room("simulations")
              .uses("core", "dots", "api")
              .libraries(SLF4J, "com.google.protobuf", JACKSON, JACKSON_ANNOTATIONS),
          room("identity").uses("core", "api").libraries(SLF4J, "com.password4j"),
          // What a model is written with: no room of the server, so that it stays small.
          room("sdk").uses("dots").libraries("com.google.protobuf", "com.hivemq.client", JACKSON),
          room("http")
              .uses("core", "api")
              .libraries(SLF4J, "io.helidon", JACKSON, JACKSON_ANNOTATIONS, "io.prometheus"),
          room("cli").uses("api").libraries("picocli", "org.jline", JACKSON, JACKSON_ANNOTATIONS),
          room("examples/fake-model").under("dev.tutti.examples.fakemodel").libraries(ANYTHING),
          // What an author of models writes, so nothing but the SDK.
          room("examples/neighbourhood").under("dev.tutti.examples.neighbourhood").uses("sdk"),
          // A whole feature, with its commands.
          room("examples/reminders")
              .under("dev.tutti.examples.reminders")
              .uses("core", "api", "cli")
              .libraries("picocli"),
          room("app")
              .uses("core", "store", "backplane-process", "dots", "mqtt", "broker", "api", "models")
              .uses("backplane-docker", "http", "cli", "simulations", "sdk", "identity")
              .libraries(ANYTHING),
          room("benchmarks")
              .uses("core", "store", "backplane-process", "dots", "mqtt", "broker", "api", "models")
              .uses(
                  "backplane-docker",
                  "http",
                  "cli",
                  "app",
                  "backplane-testkit",
                  "simulations",
                  "sdk")
              .libraries(ANYTHING));

  /** The room that owns a package: the one with the longest root, for testkits live under ports. */
  static Optional<Room> owning(String packageName) {
    return TABLE.stream()
        .filter(room -> within(packageName, room.root))
        .max(Comparator.comparingInt(room -> room.root.length()));
  }

  boolean mayUse(Room other) {
    return equals(other) || rooms.contains(other.folder);
  }

  boolean mayUseLibrary(String packageName) {
    return within(packageName, "java")
        || within(packageName, "javax")
        || within(packageName, "org.jspecify")
        || libraries.stream().anyMatch(library -> within(packageName, library));
  }

  private static boolean within(String packageName, String root) {
    return root.equals(ANYTHING) || (packageName + ".").startsWith(root + ".");
  }

  private static Room room(String folder) {
    return new Room(folder, "dev.tutti." + folder.replace('-', '.'), List.of(), List.of());
  }

  private Room under(String newRoot) {
    return new Room(folder, newRoot, rooms, libraries);
  }

  private Room uses(String... folders) {
    return new Room(folder, root, joined(rooms, List.of(folders)), libraries);
  }

  private Room libraries(String... packages) {
    return new Room(folder, root, rooms, joined(libraries, List.of(packages)));
  }

  private Room andTestLibraries() {
    return new Room(folder, root, rooms, joined(libraries, TESTS));
  }

  private static List<String> joined(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  @Override
  public String toString() {
    return folder;
  }
}
