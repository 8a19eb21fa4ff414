package dev.tutti.app;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Stream;

/** A component of a stored record or of one within it; names from the outermost, dots between. */
record StoredComponent(String path, Class<?> type) {

  /** All components of a record; those of lists and maps are the components of what they hold. */
  static Stream<StoredComponent> of(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).flatMap(StoredComponent::andWithin);
  }

  private static Stream<StoredComponent> andWithin(RecordComponent component) {
    StoredComponent self = new StoredComponent(component.getName(), component.getType());
    Stream<StoredComponent> within =
        records(component.getGenericType())
            .flatMap(StoredComponent::of)
            .map(inner -> new StoredComponent(self.path + "." + inner.path, inner.type));
    return Stream.concat(Stream.of(self), within);
  }

  private static Stream<Class<?>> records(Type type) {
    return switch (type) {
      case Class<?> plain when plain.isRecord() -> Stream.of(plain);
      case ParameterizedType generic ->
          Arrays.stream(generic.getActualTypeArguments()).flatMap(StoredComponent::records);
      default -> Stream.empty();
    };
  }
}
