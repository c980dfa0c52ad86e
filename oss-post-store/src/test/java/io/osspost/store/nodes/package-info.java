/**
 * An application of two processes with one database, which a test kills while pages upload.
 *
 * <p>Start at {@link io.osspost.store.nodes.Trial}. {@link io.osspost.store.nodes.NodeProgram} is
 * the application.
 */
package io.osspost.store.nodes;
