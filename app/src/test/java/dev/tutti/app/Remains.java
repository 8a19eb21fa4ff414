package dev.tutti.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a run leaves behind, to be searched for what should be nowhere. */
final class Remains {

  private final Map<String, String> texts = new LinkedHashMap<>();

  /** Anything that was seen: an answer, a dump, the list of processes. */
  void add(String name, String content) {
    texts.merge(name, content, String::concat);
  }

  /** All files of a folder, byte for byte. */
  void addFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        add(folder.relativize(file).toString(), Files.readString(file, ISO_8859_1));
      }
    }
  }

  /** The arguments of all processes, which everybody on the machine can read. */
  void addProcesses() throws IOException {
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process :
          processes.filter(p -> p.getFileName().toString().matches("[0-9]+")).toList()) {
        try {
          add("list of processes", Files.readString(process.resolve("cmdline"), ISO_8859_1));
        } catch (NoSuchFileException ended) {
          // It is not in the list any more.
        } catch (IOException ended) {
          add("list of processes", "");
        }
      }
    }
  }

  boolean has(String name) {
    return texts.keySet().stream().anyMatch(known -> known.endsWith(name));
  }

  /** Where a secret is, as it is or in a usual disguise. */
  List<String> with(String secret) {
    byte[] bytes = secret.getBytes(UTF_8);
    List<String> forms = new ArrayList<>();
    forms.add(secret);
    forms.add(HexFormat.of().formatHex(bytes));
    // Within longer text, all but the first and last letters are the same in one of three forms.
    for (int skipped = 0; skipped < 3; skipped++) {
      String padded =
          Base64.getEncoder().encodeToString(("x".repeat(skipped) + secret).getBytes(UTF_8));
      forms.add(padded.substring(4, padded.length() - 4));
    }
    List<String> found = new ArrayList<>();
    texts.forEach((name, text) -> {
      if (forms.stream().anyMatch(text::contains)) {
        found.add(name);
      }
    });
    return found;
  }
}
