"""The bundled line icons, tinted with a colour of the theme."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator import paths

_FAINT = 0.4  # how strong a disabled icon is drawn
_GAP = 3  # between icon and text, added to the 4 of the styles
_DRAWN_STROKE = 'stroke-width="2"'
_OUR_STROKE = 'stroke-width="1.75"'


def svg(name: str, color: QColor) -> bytes:
    """The drawing `name` with every line in `color` and our stroke width.

    Raises:
        FileNotFoundError: there is no such icon, which is a mistake in the program.
    """
    text = _source(name).replace("currentColor", color.name()).replace(_DRAWN_STROKE, _OUR_STROKE)
    return text.encode()


def pixmap(name: str, color: QColor, size: int = 16, dpr: float = 1.0) -> QPixmap:
    """The icon as a pixmap of `size` logical pixels at the device pixel ratio `dpr`."""
    return _pixmap(name, color.rgba(), size, float(dpr))


def icon(name: str, color: QColor, size: int = 16) -> QIcon:
    """The icon in `color`; disabled, it is drawn at 40 % strength."""
    return _icon(name, color.rgba(), size)


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=2048)
def _pixmap(name: str, rgba: int, size: int, dpr: float) -> QPixmap:
    color = QColor.fromRgba(rgba)
    pixels = max(1, round(size * dpr))
    renderer = QSvgRenderer(QByteArray(svg(name, color)))
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setOpacity(color.alphaF())
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    image.setDevicePixelRatio(dpr)
    return QPixmap.fromImage(image)


@lru_cache(maxsize=1024)
def _icon(name: str, rgba: int, size: int) -> QIcon:
    color = QColor.fromRgba(rgba)
    made = QIcon()
    # Twice the size only where a screen needs it: drawing all of them is a good part of what starting costs.
    for dpr in sorted({1.0, max(1.0, float(ceil(_most_pixels())))}):
        drawn = pixmap(name, color, size, dpr)
        made.addPixmap(drawn, QIcon.Mode.Normal)
        made.addPixmap(drawn, QIcon.Mode.Selected)
        made.addPixmap(_faint(drawn), QIcon.Mode.Disabled)
    return made


def _most_pixels() -> float:
    app = QGuiApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0


def _faint(drawn: QPixmap) -> QPixmap:
    made = QPixmap(drawn.size())
    made.setDevicePixelRatio(drawn.devicePixelRatio())
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setOpacity(_FAINT)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return made


@lru_cache(maxsize=256)
def icon_before_text(name: str, rgba: int, size: int = 16) -> QIcon:
    """The icon for a button with words, with the room behind it that Qt's styles leave out; its size is
    `icon_before_text_size`."""
    made = QIcon()
    mirrored = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    for dpr in sorted({1.0, max(1.0, float(ceil(_most_pixels())))}):
        plain = pixmap(name, QColor.fromRgba(rgba), size, dpr)
        drawn = QPixmap(round((size + _GAP) * dpr), plain.height())
        drawn.setDevicePixelRatio(dpr)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.drawPixmap(_GAP if mirrored else 0, 0, plain)
        painter.end()
        made.addPixmap(drawn, QIcon.Mode.Normal)
        made.addPixmap(drawn, QIcon.Mode.Selected)
        made.addPixmap(_faint(drawn), QIcon.Mode.Disabled)
    return made


def icon_before_text_size(size: int = 16) -> QSize:
    """The size for `setIconSize` that goes with `icon_before_text`."""
    return QSize(size + _GAP, size)


def icon_size(size: int = 16) -> QSize:
    """A square size for `setIconSize`."""
    return QSize(size, size)
