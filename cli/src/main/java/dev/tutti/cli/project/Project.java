package dev.tutti.cli.project;

import dev.tutti.cli.project.ServiceConfig.Calculation;
import dev.tutti.cli.project.ServiceConfig.Data;
import dev.tutti.cli.project.ServiceConfig.Received;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The files of a model's project. What follows from the configuration is written anew each time;
 * what an author works on (calculations, build files, README) only if it is not there.
 */
public final class Project {
  private final Path folder;
  private final ServiceConfig config;
  private final String yaml;
  private final String esdlType;
  private final String sdkVersion;
  private final String packageName;
  private final String serviceType;
  private final List<Path> kept = new ArrayList<>();

  /**
   * A project that is not written yet.
   *
   * @param yaml the configuration as it was given, which is kept with the project
   * @param esdlType the class of the objects that the service calculates
   */
  public Project(
      Path folder, ServiceConfig config, String yaml, String esdlType, String sdkVersion) {
    this.folder = folder;
    this.config = config;
    this.yaml = yaml;
    this.esdlType = esdlType;
    this.sdkVersion = sdkVersion;
    this.packageName = "services." + config.name().replace("_", "");
    String type = Words.typeName(config.name());
    this.serviceType = type.endsWith("Service") ? type : type + "Service";
  }

  /** Writes it; the files that were there and stay as they are. */
  public List<Path> write() {
    Path main = sources("main");
    Path test = sources("test");
    always(folder.resolve("config.yaml"), yaml);
    always(main.resolve(serviceType + ".java"), filled("Service.java.txt", service()));
    for (Data data : data()) {
      always(
          main.resolve(Words.dataType(data.name()) + ".java"),
          filled("Data.java.txt", record(data)));
    }
    for (Calculation calculation : config.calculations()) {
      once(
          main.resolve(calculationType(calculation) + ".java"),
          filled("Calculation.java.txt", calculation(calculation)));
    }
    always(test.resolve("LocalCheck.java"), filled("LocalCheck.java.txt", check()));
    once(test.resolve(serviceType + "Test.java"), filled("ServiceTest.java.txt", Map.of()));
    once(folder.resolve("pom.xml"), filled("pom.xml.txt", Map.of()));
    once(folder.resolve("Dockerfile"), filled("Dockerfile.txt", Map.of()));
    once(folder.resolve("README.md"), filled("README.md.txt", Map.of("calculations", listed())));
    return List.copyOf(kept);
  }

  /** The class that checks it without a broker. */
  public String checkType() {
    return packageName + ".LocalCheck";
  }

  private Path sources(String kind) {
    return folder
        .resolve("src")
        .resolve(kind)
        .resolve("java")
        .resolve(packageName.replace('.', '/'));
  }

  private List<Data> data() {
    List<Data> data = new ArrayList<>(config.inputs().stream().map(Received::data).toList());
    data.addAll(config.outputs());
    return data;
  }

  private Map<String, String> service() {
    StringBuilder declared = new StringBuilder();
    for (Received input : config.inputs()) {
      declared.append(
          "  static final Input<%2$s> %1$s =\n      Input.from(\"%3$s\", \"%4$s\", %2$s.class);\n"
              .formatted(
                  Words.constant(input.data().name()),
                  Words.dataType(input.data().name()),
                  input.service(),
                  input.data().name()));
    }
    for (Data output : config.outputs()) {
      declared.append(
          "  static final Output<%2$s> %1$s = Output.named(\"%3$s\", %2$s.class);\n"
              .formatted(
                  Words.constant(output.name()), Words.dataType(output.name()), output.name()));
    }
    StringBuilder calculations = new StringBuilder();
    for (Calculation calculation : config.calculations()) {
      calculations.append("\n        .calculation(\"%s\")".formatted(calculation.name()));
      calculation
          .receives()
          .forEach(input ->
              calculations.append(
                  "\n        .receives(%s)".formatted(Words.constant(input.data().name()))));
      calculation
          .sends()
          .forEach(output ->
              calculations.append("\n        .sends(%s)".formatted(Words.constant(output.name()))));
      calculations.append(
          "\n        .calculates(%s::calculate)".formatted(calculationType(calculation)));
    }
    return Map.of(
        "imports",
        (config.inputs().isEmpty() ? "" : "import dev.tutti.sdk.Input;\n")
            + (config.outputs().isEmpty() ? "" : "import dev.tutti.sdk.Output;\n"),
        "declared",
        declared.toString(),
        "calculations",
        calculations.toString());
  }

  private Map<String, String> record(Data data) {
    // The order of the names is the order on the wire, so nobody need think of it.
    String components =
        new TreeMap<>(data.variables())
            .entrySet().stream()
                .map(one -> one.getValue().java() + " " + Words.component(one.getKey()))
                .collect(Collectors.joining(", "));
    return Map.of(
        "data",
        data.name(),
        "type",
        Words.dataType(data.name()),
        "components",
        components,
        "imports",
        imports(components));
  }

  private Map<String, String> calculation(Calculation calculation) {
    StringBuilder received = new StringBuilder();
    for (Received input : calculation.receives()) {
      String type = Words.dataType(input.data().name());
      received.append(
          "    List<%s> %s = inputs.all(%s.%s);\n"
              .formatted(
                  type, "received" + type, serviceType, Words.constant(input.data().name())));
    }
    StringBuilder results =
        new StringBuilder(calculation.sends().isEmpty() ? "Results.none()" : "");
    for (Data output : calculation.sends()) {
      String value =
          "%s.%s.of(%s)".formatted(serviceType, Words.constant(output.name()), nothing(output));
      results.append(results.isEmpty() ? value : "\n        .and(%s)".formatted(value));
    }
    return Map.of(
        "calculation", calculation.name(),
        "type", calculationType(calculation),
        "received", received.toString(),
        "results", results.toString(),
        "imports", imports(received.toString() + results));
  }

  private Map<String, String> check() {
    StringBuilder given = new StringBuilder();
    Set<String> senders = new LinkedHashSet<>();
    for (Received input : config.inputs()) {
      String sender = "Of" + Words.typeName(input.service());
      given.append(
          "            .given(%s.%s, \"%s\", (_, _) -> %s)\n"
              .formatted(
                  serviceType, Words.constant(input.data().name()), sender, nothing(input.data())));
      senders.add(
          "            <potential xsi:type=\"esdl:%1$s\" id=\"%1$s\"/>\n".formatted(sender));
    }
    String own =
        esdlType.equals("EnergySystem")
            ? ""
            : "            <asset xsi:type=\"esdl:%s\" id=\"object\" name=\"Checked\"/>\n"
                .formatted(esdlType);
    String sent =
        config.outputs().stream()
            .map(output ->
                "    require(results.of(%s.%s));\n"
                    .formatted(serviceType, Words.constant(output.name())))
            .collect(Collectors.joining());
    return Map.of(
        "given",
        given.toString(),
        "objects",
        own + String.join("", senders),
        "sent",
        sent,
        "imports",
        imports(given.toString()));
  }

  private static String nothing(Data data) {
    return "new %s(%s)"
        .formatted(
            Words.dataType(data.name()),
            new TreeMap<>(data.variables())
                .values().stream().map(VariableKind::nothing).collect(Collectors.joining(", ")));
  }

  private static String imports(String code) {
    return (code.contains("List<") || code.contains("List.") ? "import java.util.List;\n" : "")
        + (code.contains("Map<") || code.contains("Map.") ? "import java.util.Map;\n" : "");
  }

  private static String calculationType(Calculation calculation) {
    return Words.typeName(calculation.name()) + "Calculation";
  }

  private String listed() {
    return config.calculations().stream()
        .map(calculation ->
            "- `%s` in `%s.java`".formatted(calculation.name(), calculationType(calculation)))
        .collect(Collectors.joining("\n"));
  }

  private String filled(String template, Map<String, String> values) {
    Map<String, String> all = new HashMap<>(values);
    all.put("package", packageName);
    all.put("service", serviceType);
    all.put("service_name", config.name());
    all.put("version", config.version());
    all.put("esdl_type", esdlType);
    all.put("sdk_version", sdkVersion);
    all.put("project", config.name().replace('_', '-'));
    return Template.named(template).filled(all);
  }

  private void once(Path file, String text) {
    if (Files.exists(file)) {
      kept.add(file);
    } else {
      always(file, text);
    }
  }

  private static void always(Path file, String text) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, text);
    } catch (IOException unable) {
      throw new UncheckedIOException(unable);
    }
  }
}
