package io.osspost.edition;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a jar with the entries of another one, and with its classes for Java 8. */
final class JarRewriter {
  private static final String CLASS = ".class";
  private static final String MODULE = "module-info.class";

  private final JarFile jar;

  private JarRewriter(JarFile jar) {
    this.jar = jar;
  }

  static void rewrite(Path source, Path target, boolean withLayer) throws IOException {
    try (JarFile jar = new JarFile(source.toFile())) {
      Map<String, byte[]> entries = new JarRewriter(jar).rewritten(withLayer);
      long time = jar.getEntry(JarFile.MANIFEST_NAME).getTime();
      try (OutputStream out = Files.newOutputStream(target)) {
        write(entries, time, out);
      }
    }
  }

  private Map<String, byte[]> rewritten(boolean withLayer) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    List<byte[]> classes = new ArrayList<>();
    for (ZipEntry entry : Collections.list(jar.entries())) {
      String name = entry.getName();
      if (name.startsWith("META-INF/versions/")) {
        throw new IllegalStateException(
            jar.getName() + " has classes for other versions of Java: " + name);
      }
      if (!name.equals(MODULE)) {
        entries.put(name, content(entry));
        if (name.endsWith(CLASS)) {
          classes.add(content(entry));
        }
      }
    }
    entries.put(JarFile.MANIFEST_NAME, manifest());
    Java8Edition.of(classes, withLayer).forEach((name, bytes) -> entries.put(name + CLASS, bytes));
    return entries;
  }

  private byte[] manifest() throws IOException {
    Manifest manifest = new Manifest(jar.getManifest());
    Attributes attributes = manifest.getMainAttributes();
    attributes.putValue("Java-Version", "8");
    ZipEntry module = jar.getEntry(MODULE);
    if (module != null) {
      String name = ModuleDescriptor.read(ByteBuffer.wrap(content(module))).name();
      attributes.putValue("Automatic-Module-Name", name);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    manifest.write(out);
    return out.toByteArray();
  }

  private byte[] content(ZipEntry entry) throws IOException {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  /** All entries have the same time, so that builds are reproducible. */
  private static void write(Map<String, byte[]> entries, long time, OutputStream out)
      throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTime(time);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
  }
}
