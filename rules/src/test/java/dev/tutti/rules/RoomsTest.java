package dev.tutti.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RoomsTest {
  private static final Pattern MODULE = Pattern.compile("<module>(?!rules<)([^<]+)</module>");

  static List<Room> rooms() {
    return Room.TABLE;
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void roomReachesOnlyWhereItMay(Room room) {
    assertThat(CodeBase.writtenIn(room).stream().flatMap(type -> trespasses(room, type))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void roomHasClassesToCheck(Room room) {
    assertThat(CodeBase.writtenIn(room)).isNotEmpty();
  }

  @Test
  void tableNamesEveryModule() throws IOException {
    String parent = Files.readString(Path.of("..", "pom.xml"));
    assertThat(Room.TABLE)
        .extracting(Room::folder)
        .containsExactlyInAnyOrderElementsOf(
            MODULE.matcher(parent).results().map(found -> found.group(1)).toList());
  }

  private static Stream<String> trespasses(Room room, JavaClass type) {
    return type.getDirectDependenciesFromSelf().stream()
        .filter(dependency -> !mayUse(room, dependency.getTargetClass().getBaseComponentType()))
        .map(Dependency::getDescription);
  }

  private static boolean mayUse(Room room, JavaClass target) {
    if (target.isPrimitive()) {
      return true;
    }
    Optional<Room> owner = Room.owning(target.getPackageName());
    return owner.map(room::mayUse).orElseGet(() -> room.mayUseLibrary(target.getPackageName()));
  }
}
