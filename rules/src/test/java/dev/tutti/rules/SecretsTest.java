package dev.tutti.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import dev.tutti.core.store.CommandKind;
import dev.tutti.core.store.DocumentKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nobody has to remember what is secret: the type of it is checked. */
final class SecretsTest {

  private static final Pattern SECRET = Pattern.compile("password|token|secret|environment");

  /** What is stored is what kinds of documents and commands are of, and what those hold. */
  @Test
  void variablesThatAreStoredAreOfTheTypeThatIsSealed() {
    List<String> wrong = new ArrayList<>();
    Set<Class<?>> seen = new HashSet<>();
    stored().forEach(type -> check(type, type.getSimpleName(), seen, wrong));
    assertThat(seen).extracting(Class::getSimpleName).contains("Workload", "Image", "Deployment");
    assertThat(wrong).as("use SecretMap, which the store seals").isEmpty();
  }

  private static Stream<Class<?>> stored() {
    return CodeBase.written()
        .flatMap(type -> type.getFields().stream())
        .filter(field ->
            field.getRawType().isEquivalentTo(DocumentKind.class)
                || field.getRawType().isEquivalentTo(CommandKind.class))
        .map(JavaField::reflect)
        .map(java.lang.reflect.Field::getGenericType)
        .filter(ParameterizedType.class::isInstance)
        .map(kind -> ((ParameterizedType) kind).getActualTypeArguments()[0])
        .filter(Class.class::isInstance)
        .map(type -> (Class<?>) type);
  }

  private static void check(Class<?> type, String path, Set<Class<?>> seen, List<String> wrong) {
    if (!type.isRecord() || !seen.add(type)) {
      return;
    }
    for (RecordComponent component : type.getRecordComponents()) {
      String here = path + "." + component.getName();
      if (isVariables(component.getGenericType())) {
        wrong.add(here);
      }
      check(component.getType(), here, seen, wrong);
      if (component.getGenericType() instanceof ParameterizedType generic) {
        for (Type argument : generic.getActualTypeArguments()) {
          if (argument instanceof Class<?> held) {
            check(held, here, seen, wrong);
          }
        }
      }
    }
  }

  private static boolean isVariables(Type type) {
    return type instanceof ParameterizedType generic
        && generic.getRawType() == Map.class
        && generic.getActualTypeArguments()[1] == String.class;
  }

  /** Records end up in logs, in messages of exceptions and in the debugger of whoever looks. */
  @Test
  void recordThatHoldsASecretSaysNothingOfItInItsText() {
    List<String> talkative =
        CodeBase.written()
            .filter(type -> type.reflect().isRecord())
            .filter(SecretsTest::holdsASecret)
            .filter(SecretsTest::hasTheTextOfAllRecords)
            .map(JavaClass::getName)
            .toList();
    assertThat(talkative).as("write a toString() without the secret").isEmpty();
  }

  private static boolean holdsASecret(JavaClass type) {
    return Stream.of(type.reflect().getRecordComponents())
        .filter(component -> SECRET.matcher(component.getName()).matches())
        .anyMatch(component ->
            component.getType() == String.class || isVariables(component.getGenericType()));
  }

  private static boolean isMadeFromAllComponents(CodeElement element) {
    return element instanceof InvokeDynamicInstruction call
        && call.bootstrapMethod().owner().displayName().equals("ObjectMethods");
  }

  private static boolean hasTheTextOfAllRecords(JavaClass type) {
    String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
    try (InputStream bytes = type.reflect().getResourceAsStream(file)) {
      return ClassFile.of().parse(bytes.readAllBytes()).methods().stream()
          .filter(method -> method.methodName().equalsString("toString"))
          .flatMap(method -> method.code().stream())
          .flatMap(code -> code.elementStream())
          .anyMatch(SecretsTest::isMadeFromAllComponents);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
