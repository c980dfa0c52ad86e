package io.osspost.spring;

import io.osspost.settings.Collaborators;

/** Adds collaborators whose classes an application may lack. */
@FunctionalInterface
interface CollaboratorsCustomizer {
  /** Called once, before the endpoints are opened. */
  void customize(Collaborators.Builder collaborators);
}
