package dev.tutti.rules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What Maven wrote of the run of one test class. */
record TestReport(Path file) {

  /** The last one: somebody may have run it in the other way before. */
  static Optional<TestReport> find(Path target, String className) {
    return Stream.of("surefire-reports", "failsafe-reports")
        .map(folder -> target.resolve(folder).resolve("TEST-" + className + ".xml"))
        .filter(Files::isRegularFile)
        .max(Comparator.comparingLong(report -> report.toFile().lastModified()))
        .map(TestReport::new);
  }

  /** Nothing when the method ran after it was compiled, and each of its runs passed. */
  Optional<String> doubtAbout(String method, Path compiled) {
    try {
      if (Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(compiled)) < 0) {
        return Optional.of("it was not run since it was compiled");
      }
      List<Element> runs = runsOf(method);
      if (runs.isEmpty()) {
        return Optional.of("it was not run");
      }
      return runs.stream().allMatch(TestReport::passed)
          ? Optional.empty()
          : Optional.of("it did not pass");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A parameterized test has a run for each of its parameters, named after them. */
  private List<Element> runsOf(String method) throws IOException {
    Pattern name = Pattern.compile(Pattern.quote(method) + "(\\W.*)?", Pattern.DOTALL);
    return testCases().filter(run -> name.matcher(run.getAttribute("name")).matches()).toList();
  }

  private Stream<Element> testCases() throws IOException {
    try {
      NodeList found =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(file.toFile())
              .getElementsByTagName("testcase");
      return Stream.iterate(0, i -> i + 1)
          .limit(found.getLength())
          .map(i -> (Element) found.item(i));
    } catch (SAXException | ParserConfigurationException broken) {
      throw new IOException(file + " is no report", broken);
    }
  }

  private static boolean passed(Element run) {
    return Stream.of("failure", "error", "skipped")
        .allMatch(what -> run.getElementsByTagName(what).getLength() == 0);
  }
}
