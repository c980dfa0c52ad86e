/** An application that sees of core what core exports, and no more. */
module io.osspost.examples.plain {
  requires io.osspost.core;
}
