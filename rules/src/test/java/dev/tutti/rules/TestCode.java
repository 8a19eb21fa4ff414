package dev.tutti.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/** The compiled tests of all modules, and what is known of their last run. */
final class TestCode {

  private static final Set<String> MARKS =
      Set.of(
          "org.junit.jupiter.api.Test",
          "org.junit.jupiter.api.RepeatedTest",
          "org.junit.jupiter.params.ParameterizedTest");

  private final JavaClasses classes;

  TestCode() {
    List<Path> folders = new ArrayList<>();
    Stream.concat(Room.TABLE.stream().map(Room::folder), Stream.of("rules"))
        .map(TestCode::target)
        .flatMap(target -> Stream.of(target.resolve("test-classes"), target.resolve("classes")))
        .filter(Files::isDirectory)
        .forEach(folders::add);
    classes = new ClassFileImporter().importPaths(folders);
  }

  private static Path target(String module) {
    return Path.of("..", module, "target");
  }

  /** The class of a test, if there is one of that name in that module. */
  Optional<JavaClass> typeOf(Promise.TestName test) {
    String folder = "/" + test.module() + "/target/test-classes/";
    return classes.stream()
        .filter(type -> type.getSimpleName().equals(test.type()))
        .filter(
            type -> type.getSource().filter(s -> s.getUri().getPath().contains(folder)).isPresent())
        .findFirst();
  }

  /** The method of a test, also one that its class inherits from a contract. */
  Optional<JavaMethod> methodOf(Promise.TestName test) {
    return typeOf(test).stream()
        .flatMap(type -> type.getAllMethods().stream())
        .filter(method -> method.getName().equals(test.method()))
        .filter(method ->
            method.getAnnotations().stream()
                .anyMatch(mark -> MARKS.contains(mark.getRawType().getName())))
        .findFirst();
  }

  /** Whether it is left out of the usual run. */
  boolean isLong(Promise.TestName test) {
    return methodOf(test).filter(TestCode::isLong).isPresent()
        || typeOf(test)
            .flatMap(type -> type.tryGetAnnotationOfType(Tag.class))
            .filter(tag -> tag.value().equals("long"))
            .isPresent();
  }

  private static boolean isLong(JavaMethod method) {
    return method
        .tryGetAnnotationOfType(Tag.class)
        .filter(tag -> tag.value().equals("long"))
        .isPresent();
  }

  /** All tests of a class. */
  List<String> testsOf(String module, String type) {
    return typeOf(new Promise.TestName(module, type, "")).stream()
        .flatMap(found -> found.getMethods().stream())
        .map(JavaMethod::getName)
        .filter(name -> methodOf(new Promise.TestName(module, type, name)).isPresent())
        .toList();
  }

  /** Where the source of a test is, as seen from the folder of documents. */
  String sourceOf(Promise.TestName test) {
    String path = typeOf(test).orElseThrow().getName().replace('.', '/');
    return "../%s/src/test/java/%s.java".formatted(test.module(), path);
  }

  /** Why there is no proof that a test was run, as it is now, and passed; nothing if there is. */
  Optional<String> doubtAbout(Promise.TestName test) {
    JavaClass type = typeOf(test).orElseThrow();
    Path compiled = Path.of(type.getSource().orElseThrow().getUri());
    return TestReport.find(target(test.module()), type.getName())
        .map(report -> report.doubtAbout(test.method(), compiled))
        .orElse(Optional.of("it was not run"));
  }
}
