package dev.tutti.rules;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.instruction.MonitorInstruction;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

final class CodeTest {
  private static final Pattern SAYS_NOTHING = Pattern.compile(".*(Manager|Helper|Utils?|Impl)");

  /** These talk to a person at a terminal; everything else logs. */
  private static final Set<String> MAY_PRINT =
      Set.of("cli", "app", "sdk", "examples/fake-model", "benchmarks");

  @Test
  void everyPackageIsNullMarked() {
    assertThat(CodeBase.written().map(JavaClass::getPackage).distinct())
        .filteredOn(not((JavaPackage own) -> own.isAnnotatedWith(NullMarked.class)))
        .isEmpty();
  }

  @Test
  void namesSayWhatAClassIs() {
    assertThat(CodeBase.written())
        .filteredOn(type -> SAYS_NOTHING.matcher(type.getSimpleName()).matches())
        .isEmpty();
  }

  @Test
  void nothingStaticChanges() {
    assertThat(CodeBase.written().flatMap(type -> type.getFields().stream()))
        .filteredOn(CodeTest::isStaticAndChangeable)
        .isEmpty();
  }

  @Test
  void onlyEdgesTowardsPeoplePrint() {
    assertThat(
            CodeBase.written()
                .filter(type -> !MAY_PRINT.contains(CodeBase.ownerOf(type).folder()))
                .flatMap(type -> type.getFieldAccessesFromSelf().stream()))
        .filteredOn(access ->
            access.getTargetOwner().isEquivalentTo(System.class)
                && Set.of("out", "err").contains(access.getTarget().getName()))
        .isEmpty();
  }

  /** Each simulation has one owner, its strand: a lock would say that somebody else reaches in. */
  @Test
  void modelsTakeNoLocks() {
    assertThat(models().flatMap(type -> type.getDirectDependenciesFromSelf().stream()))
        .filteredOn(dependency ->
            dependency.getTargetClass().getPackageName().startsWith("java.util.concurrent.locks"))
        .isEmpty();
  }

  @Test
  void modelsSynchronizeNoMethods() {
    assertThat(models().flatMap(type -> type.getCodeUnits().stream()))
        .filteredOn((JavaCodeUnit unit) -> unit.getModifiers().contains(JavaModifier.SYNCHRONIZED))
        .isEmpty();
  }

  @Test
  void modelsSynchronizeNoBlocks() {
    assertThat(models()).filteredOn(CodeTest::entersAMonitor).isEmpty();
  }

  private static Stream<JavaClass> models() {
    return CodeBase.written().filter(type -> CodeBase.ownerOf(type).folder().equals("models"));
  }

  private static boolean isStaticAndChangeable(JavaField field) {
    Set<JavaModifier> modifiers = field.getModifiers();
    return modifiers.contains(JavaModifier.STATIC)
        && !modifiers.contains(JavaModifier.FINAL)
        && !modifiers.contains(JavaModifier.SYNTHETIC);
  }

  /** ArchUnit does not see synchronized blocks, the instructions show them. */
  private static boolean entersAMonitor(JavaClass type) {
    try (InputStream compiled = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      return ClassFile.of().parse(compiled.readAllBytes()).methods().stream()
          .flatMap(method -> method.code().stream())
          .flatMap(code -> code.elementStream())
          .anyMatch(MonitorInstruction.class::isInstance);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
