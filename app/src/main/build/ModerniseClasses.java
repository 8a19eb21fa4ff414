import static java.lang.classfile.ClassFile.JAVA_8_VERSION;
import static java.lang.classfile.ClassFile.StackMapsOption.GENERATE_STACK_MAPS;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;

/**
 * Gives classes that were compiled for Java 5 and older the stack maps of Java 8, and changes
 * nothing else. The JVM's start-up cache takes no class without them: picocli, which every command
 * begins with, would be read and verified anew each time, which is a fifth of a short command.
 *
 * <p>Run by the build: {@code java ModerniseClasses.java JAR ...}
 */
final class ModerniseClasses {

  private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;

  /** The same input gives the same jar. */
  private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ClassFile classes;
  private boolean changed;

  private ModerniseClasses(Map<String, byte[]> entries) {
    ClassHierarchyResolver inJar =
        ClassHierarchyResolver.ofResourceParsing(
            type -> {
              String name = type.descriptorString();
              byte[] found = entries.get(name.substring(1, name.length() - 1) + ".class");
              return found == null ? null : new ByteArrayInputStream(found);
            });
    this.classes =
        ClassFile.of(
            GENERATE_STACK_MAPS,
            ClassHierarchyResolverOption.of(
                inJar.orElse(ClassHierarchyResolver.defaultResolver())));
  }

  public static void main(String[] jars) throws IOException {
    for (String jar : jars) {
      Path path = Path.of(jar);
      Map<String, byte[]> entries = read(path);
      ModerniseClasses modernise = new ModerniseClasses(entries);
      entries.replaceAll(modernise::entry);
      if (modernise.changed) {
        write(path, entries);
      }
    }
  }

  private byte[] entry(String name, byte[] bytes) {
    if (!name.endsWith(".class")) {
      return bytes;
    }
    ClassModel old = classes.parse(bytes);
    if (old.majorVersion() >= FIRST_WITH_STACK_MAPS) {
      return bytes;
    }
    changed = true;
    return classes.build(
        old.thisClass().asSymbol(),
        now ->
            old.forEach(
                part -> {
                  switch (part) {
                    case ClassFileVersion _ -> now.withVersion(JAVA_8_VERSION, 0);
                    case MethodModel method ->
                        now.transformMethod(
                            method, MethodTransform.transformingCode(CodeTransform.ACCEPT_ALL));
                    default -> now.with(part);
                  }
                }));
  }

  private static Map<String, byte[]> read(Path jar) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (JarInputStream in = new JarInputStream(Files.newInputStream(jar))) {
      if (in.getManifest() != null) {
        var manifest = new ByteArrayOutputStream();
        in.getManifest().write(manifest);
        entries.put("META-INF/MANIFEST.MF", manifest.toByteArray());
      }
      for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
        if (!entry.isDirectory()) {
          entries.put(entry.getName(), in.readAllBytes());
        }
      }
    }
    return entries;
  }

  private static void write(Path jar, Map<String, byte[]> entries) throws IOException {
    Path changed = jar.resolveSibling(jar.getFileName() + ".new");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(changed))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        JarEntry written = new JarEntry(entry.getKey());
        written.setTimeLocal(ALWAYS);
        out.putNextEntry(written);
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    Files.move(changed, jar, StandardCopyOption.REPLACE_EXISTING);
  }
}
