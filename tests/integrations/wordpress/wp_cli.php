<?php
/**
 * A command of the plugin, as WP-CLI calls it: WordPress is loaded with WP_CLI set, and what the plugin has registered
 * is called by the name that the command line has.
 */

define( 'WP_CLI', true );

/**
 * The part of WP-CLI that commands call.
 */
class WP_CLI {
	private static $commands = array();

	public static function add_command( $name, $command ) {
		self::$commands[ $name ] = $command;
	}

	public static function log( $text ) {
		echo $text, "\n";
	}

	public static function success( $text ) {
		echo "Success: $text\n";
	}

	public static function error( $text ) {
		echo "Error: $text\n";
		exit( 1 );
	}

	public static function call( $name, $method ) {
		call_user_func( array( new self::$commands[ $name ](), $method ) );
	}
}

error_reporting( E_ALL & ~E_DEPRECATED );
ini_set( 'display_errors', 'stderr' );
$_SERVER['HTTP_HOST'] = $argv[2];
require getcwd() . '/wp-load.php';
WP_CLI::call( 'kashshaf', $argv[1] );
