package dev.tutti.app;

import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.DocumentKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every kind of document and command that a class of ours declares, whether public or not. */
record StoredKinds(Map<String, DocumentKind<?>> documents, Map<String, CommandKind<?>> commands) {

  private static final String ROOT = "dev/tutti";

  /** Looks into all classes on the class path but those of tests, testkits and examples. */
  static StoredKinds find() {
    StoredKinds found = new StoredKinds(new TreeMap<>(), new TreeMap<>());
    try {
      for (URL root : Collections.list(StoredKinds.class.getClassLoader().getResources(ROOT))) {
        if (!root.toString().contains("test-classes")) {
          classes(root.toURI()).forEach(found::look);
        }
      }
      return found;
    } catch (IOException | java.net.URISyntaxException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  private static List<String> classes(URI root) throws IOException {
    if (!root.getScheme().equals("jar")) {
      return classes(Path.of(root));
    }
    try (FileSystem jar = FileSystems.newFileSystem(root, Map.of())) {
      return classes(jar.getPath("/" + ROOT));
    }
  }

  private static List<String> classes(Path root) {
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      files
          .map(file -> root.relativize(file).toString())
          .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
          .filter(name -> !name.contains("/testkit/") && !name.startsWith("examples/"))
          .map(name -> (ROOT + "/" + name).replace(".class", "").replace('/', '.'))
          .forEach(names::add);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return names;
  }

  private void look(String className) {
    try {
      Class<?> type = Class.forName(className, false, StoredKinds.class.getClassLoader());
      for (Field field : type.getDeclaredFields()) {
        boolean kind =
            field.getType() == DocumentKind.class || field.getType() == CommandKind.class;
        if (kind && Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          keep(field.get(null));
        }
      }
    } catch (ReflectiveOperationException | NoClassDefFoundError unusable) {
      throw new IllegalStateException(className, unusable);
    }
  }

  private void keep(Object kind) {
    switch (kind) {
      case DocumentKind<?> document -> documents.put(document.name(), document);
      case CommandKind<?> command -> commands.put(command.name(), command);
      default -> throw new IllegalStateException("no kind: " + kind);
    }
  }
}
