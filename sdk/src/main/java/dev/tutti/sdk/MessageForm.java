package dev.tutti.sdk;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a record is written as a data message (T13): the id of the object it is about in field 1,
 * then the variables in the alphabetical order of their names, from field 2. So adding a component
 * renumbers those behind it, for all services that exchange the message.
 */
final class MessageForm<T extends Record> {
  private static final int ORIGIN = 1;
  private static final int FIRST_VARIABLE = 2;

  private final Constructor<T> constructor;
  private final List<Variable> inFieldOrder;

  /**
   * A component of the record.
   *
   * @param position where it stands among the components
   */
  private record Variable(String name, VariableType type, Method accessor, int position) {}

  private MessageForm(Constructor<T> constructor, List<Variable> inFieldOrder) {
    this.constructor = constructor;
    this.inFieldOrder = inFieldOrder;
  }

  /** The form of a record; a component of a type that messages do not know is refused. */
  static <T extends Record> MessageForm<T> of(Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<Variable> variables = new ArrayList<>();
    for (int i = 0; i < components.length; i++) {
      variables.add(variable(type, components[i], i));
    }
    variables.sort(Comparator.comparing(Variable::name));
    try {
      Constructor<T> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return new MessageForm<>(constructor, List.copyOf(variables));
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Variable variable(Class<?> owner, RecordComponent component, int position) {
    String name = Names.snakeCase(component.getName());
    if (!Names.isSnakeCase(name)) {
      throw new IllegalArgumentException(
          "the component '%s' of %s is not in snake_case or camelCase"
              .formatted(component.getName(), owner.getSimpleName()));
    }
    VariableType type =
        VariableType.of(component.getGenericType())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "the component '%s' of %s is a %s: use int, double, String, boolean, Map<String, Object>, a List of the first four, or List<List<Double>>"
                        .formatted(
                            component.getName(),
                            owner.getSimpleName(),
                            component.getGenericType().getTypeName())));
    component.getAccessor().setAccessible(true);
    return new Variable(name, type, component.getAccessor(), position);
  }

  byte[] encode(String origin, T value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes, 64);
    try {
      VariableType.TEXT.write(ORIGIN, origin, out);
      for (int i = 0; i < inFieldOrder.size(); i++) {
        Variable variable = inFieldOrder.get(i);
        variable.type().write(FIRST_VARIABLE + i, content(variable, value), out);
      }
      out.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a payload; a field that is not there has its default, one that we do not know is none.
   */
  T decode(byte[] payload) throws IOException {
    Object[] values = new Object[inFieldOrder.size()];
    inFieldOrder.forEach(variable -> values[variable.position()] = variable.type().absent());
    CodedInputStream in = CodedInputStream.newInstance(payload);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int index = (tag >>> 3) - FIRST_VARIABLE;
      Optional<Object> read = Optional.empty();
      if (index >= 0 && index < inFieldOrder.size()) {
        Variable variable = inFieldOrder.get(index);
        read = variable.type().read(tag & 7, values[variable.position()], in);
        read.ifPresent(value -> values[variable.position()] = value);
      }
      if (read.isEmpty()) {
        in.skipField(tag);
      }
    }
    return constructed(values);
  }

  /** The variables that are numbers, by name, in field order: what results are made of. */
  List<Amount> amounts(T value) {
    List<Amount> amounts = new ArrayList<>();
    for (Variable variable : inFieldOrder) {
      if (content(variable, value) instanceof Number number) {
        amounts.add(new Amount(variable.name(), number.doubleValue()));
      }
    }
    return amounts;
  }

  T cast(Record value) {
    return constructor.getDeclaringClass().cast(value);
  }

  /** The names of all variables, in field order. */
  List<String> names() {
    return inFieldOrder.stream().map(Variable::name).toList();
  }

  /** A variable that is a number, and which. */
  record Amount(String name, double value) {}

  /** Whether both write and read the same bytes. */
  boolean sameOnTheWire(MessageForm<?> other) {
    return shape().equals(other.shape());
  }

  private List<String> shape() {
    return inFieldOrder.stream().map(one -> one.name() + ":" + one.type()).toList();
  }

  private T constructed(Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      throw new IllegalArgumentException(
          "%s refuses what it received: %s"
              .formatted(constructor.getDeclaringClass().getSimpleName(), refused.getCause()),
          refused.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Object content(Variable variable, Record value) {
    try {
      Object content = variable.accessor().invoke(value);
      if (content == null) {
        throw new IllegalArgumentException(
            "'%s' of %s is null; messages have no word for that"
                .formatted(variable.name(), value.getClass().getSimpleName()));
      }
      return content;
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
