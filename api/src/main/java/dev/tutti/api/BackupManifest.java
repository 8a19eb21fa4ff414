package dev.tutti.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a backup says about itself, as lines of text that people can read as well.
 *
 * @param version of the program that made it
 * @param schema of its database
 * @param created the moment that it shows
 * @param documents how many records it holds, by kind
 * @param entries its files
 */
public record BackupManifest(
    String version, int schema, Instant created, Map<String, Long> documents, List<Entry> entries) {

  /** Its first line; another form gets another number. */
  private static final String FORM = "tutti backup 1";

  private static final String BLOBS = "blobs/";
  private static final Pattern NAMES =
      Pattern.compile(
          "tutti\\.db|token|broker-account|key|backplane|docker-mark"
              + "|blobs/(simulations/)?[0-9a-f]{64}"
              + "|results(/[A-Za-z0-9_%-]{1,200}){2}\\.lp");
  private static final Pattern ENTRY = Pattern.compile("([0-9a-f]{64}) (\\d{1,18}) (\\S+)");

  /** One file of a backup, by its path in the data folder. */
  public record Entry(String name, long size, String sha256) {

    public Entry {
      // Whoever unpacks writes to this path.
      if (!NAMES.matcher(name).matches()) {
        throw new IllegalArgumentException("a backup has no file '" + name + "'");
      }
    }
  }

  public BackupManifest {
    documents = Map.copyOf(documents);
    entries = List.copyOf(entries);
  }

  /** The form in which it stands in a backup. */
  public String text() {
    StringBuilder text = new StringBuilder(FORM + "\n");
    text.append("version ").append(version).append('\n');
    text.append("schema ").append(schema).append('\n');
    text.append("created ").append(created).append('\n');
    documents.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            kind -> text.append("documents %s %d\n".formatted(kind.getKey(), kind.getValue())));
    entries.forEach(entry ->
        text.append("file %s %d %s\n".formatted(entry.sha256(), entry.size(), entry.name())));
    return text.toString();
  }

  /**
   * Reads that form.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static BackupManifest parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.getFirst().equals(FORM)) {
      throw new IllegalArgumentException("it does not begin with '" + FORM + "'");
    }
    Map<String, String> facts = new LinkedHashMap<>();
    Map<String, Long> documents = new LinkedHashMap<>();
    List<Entry> entries = new ArrayList<>();
    try {
      for (String line : lines.subList(1, lines.size())) {
        String[] words = line.split(" ", 2);
        String rest = words.length == 2 ? words[1] : "";
        switch (words[0]) {
          case "documents" -> {
            String[] kind = rest.split(" ", 2);
            documents.put(kind[0], Long.parseLong(kind[1]));
          }
          case "file" -> entries.add(entry(rest));
          default -> facts.put(words[0], rest);
        }
      }
      return new BackupManifest(
          facts.getOrDefault("version", ""),
          Integer.parseInt(facts.getOrDefault("schema", "")),
          Instant.parse(facts.getOrDefault("created", "")),
          documents,
          entries);
    } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException wrong) {
      throw new IllegalArgumentException("its manifest is not understood: " + wrong.getMessage());
    }
  }

  private static Entry entry(String line) {
    Matcher matcher = ENTRY.matcher(line);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("its manifest has a strange line: " + line);
    }
    return new Entry(matcher.group(3), Long.parseLong(matcher.group(2)), matcher.group(1));
  }

  /** For people: a line for each thing there is to say. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("made       %s by Tutti %s (schema %d)".formatted(created, version, schema));
    String counted =
        documents.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(kind -> "%s %d".formatted(kind.getKey(), kind.getValue()))
            .collect(Collectors.joining(", "));
    lines.add("records    " + (counted.isEmpty() ? "none" : counted));
    long blobs = entries.stream().filter(entry -> entry.name().startsWith(BLOBS)).count();
    String files =
        entries.stream()
            .map(Entry::name)
            .filter(name -> !name.startsWith(BLOBS))
            .collect(Collectors.joining(", "));
    lines.add("files      %s and %d requests that wait".formatted(files, blobs));
    return List.copyOf(lines);
  }
}
