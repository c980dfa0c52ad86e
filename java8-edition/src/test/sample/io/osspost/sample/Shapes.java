package io.osspost.sample;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Uses the language of Java 17 as the project's code does. The test calls its public methods. */
public final class Shapes {
  private static final System.Logger LOG = System.getLogger("io.osspost.sample.Shapes");

  private final String secret = "private field";

  public sealed interface Shape {
    record Circle(double radius, String name) implements Shape {
      public Circle {
        radius = positive(radius);
      }
    }

    record Square(int side) implements Shape {}

    private static double positive(double number) {
      return Math.abs(number);
    }

    default String described() {
      return "a " + kind() + ((Supplier<String>) () -> suffix()).get();
    }

    private String kind() {
      return this instanceof Circle circle ? circle.name().strip() : "square";
    }

    private String suffix() {
      return "!";
    }
  }

  public record Everything(
      boolean flag,
      byte small,
      short medium,
      char letter,
      int number,
      long large,
      float real,
      double precise,
      String text,
      int[] array,
      List<String> list) {}

  public record Nothing() {}

  private static final class Inner {
    private int count;

    private Inner(Shapes outer) {
      count = outer.secret.length() + outer.privateMethod();
    }

    private int doubled() {
      return count * 2;
    }
  }

  private int privateMethod() {
    return 100;
  }

  public static int nestMates() {
    Inner inner = new Inner(new Shapes());
    inner.count++;
    return inner.doubled() + new Shapes().privateMethod();
  }

  public static String shapes() {
    Shape shape = new Shape.Circle(-1.5, " disc ");
    return shape + " " + shape.described() + " " + new Shape.Square(2).described();
  }

  public static String switches(String word) {
    return switch (word) {
      case "a", "b" -> "early";
      case "z" -> {
        String late = "late";
        yield late;
      }
      default -> "other";
    };
  }

  public static String newerMethods() {
    Optional<String> none = Optional.of("x").filter(String::isBlank).or(() -> Optional.empty());
    LOG.log(System.Logger.Level.DEBUG, "none {0}", none);
    return List.of(1, 2, 3).stream().map(String::valueOf).map(text -> text.repeat(2)).toList()
        + " "
        + none.isEmpty();
  }

  public static Object everything(int number) {
    return new Everything(
        true,
        (byte) 1,
        (short) 2,
        'c',
        number,
        4L,
        Float.NaN,
        -0.0,
        null,
        null,
        List.of("l"));
  }

  public static Object nothing() {
    return new Nothing();
  }
}
