/** An application that uses only core's exports. */
module io.osspost.examples.plain {
  requires io.osspost.core;
}
