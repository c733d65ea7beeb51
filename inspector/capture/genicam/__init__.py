"""Industrial cameras that speak GenICam, over GigE Vision, USB3 Vision or CoaXPress."""
