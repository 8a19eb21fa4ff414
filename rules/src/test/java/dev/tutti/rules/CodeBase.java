package dev.tutti.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;

/** Every class that ships, as compiled; read once. */
final class CodeBase {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.tutti");

  /** Protoc's own mark is not in the class files; what its classes extend is. */
  private static final List<String> PROTOC_WRITES =
      List.of(
          "com.google.protobuf.MessageOrBuilder",
          "com.google.protobuf.ProtocolMessageEnum",
          "com.google.protobuf.GeneratedFile");

  private CodeBase() {}

  /** Without what protoc wrote, whose style is not ours. */
  static Stream<JavaClass> written() {
    return CLASSES.stream().filter(type -> !isGenerated(type));
  }

  static List<JavaClass> writtenIn(Room room) {
    return written().filter(type -> ownerOf(type).equals(room)).toList();
  }

  static Room ownerOf(JavaClass type) {
    return Room.owning(type.getPackageName())
        .orElseThrow(() -> new AssertionError(type.getName() + " belongs to no room of the table"));
  }

  private static boolean isGenerated(JavaClass type) {
    JavaClass outermost = type;
    while (outermost.getEnclosingClass().isPresent()) {
      outermost = outermost.getEnclosingClass().get();
    }
    return PROTOC_WRITES.stream().anyMatch(outermost::isAssignableTo);
  }
}
