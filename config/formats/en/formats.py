"""English: “Mon 30 Nov 2026”. The month first, as Django has it, is misread by half of the readers."""

DATE_FORMAT = "D j M Y"
DATETIME_FORMAT = "D j M Y, H:i T"
TIME_FORMAT = "H:i"
