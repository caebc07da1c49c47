/** The embeddable elements. */
